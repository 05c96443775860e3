/** Address of a page of this package, for links in the form. `page` is a path below `docs/`. */
export const docsUrl = (page: string): string =>
	`https://github.com/n8n-nodes-bank131/n8n-nodes-bank131/blob/main/docs/${page}`;
