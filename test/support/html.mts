/** The lines of the description of an error, which n8n shows as HTML. */
export const linesOfHtml = (html: string): string[] => html.split('<br>').map(decodeEntities);

const CHARACTERS: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&#96;': '`',
};

const decodeEntities = (html: string): string =>
	html.replace(/&(?:amp|lt|gt|#96);/g, (entity) => CHARACTERS[entity]);
