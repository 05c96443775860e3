import http from 'node:http';
import https from 'node:https';

/** HTTP client with keep-alive connections to the partner. */
export class HttpPoster {
	private readonly plain = new http.Agent({ keepAlive: true });
	private readonly secure = new https.Agent({ keepAlive: true });

	/** Returns the HTTP status of the response; rejects if there is no response within `timeoutMs`. */
	post(
		url: string,
		body: Buffer,
		headers: Record<string, string>,
		timeoutMs: number,
	): Promise<number> {
		return new Promise((resolve, reject) => {
			const target = new URL(url);
			const secure = target.protocol === 'https:';
			const request = (secure ? https : http).request(
				target,
				{
					method: 'POST',
					agent: secure ? this.secure : this.plain,
					headers: { ...headers, 'content-length': String(body.length) },
				},
				(response) => {
					response.resume();
					response.on('end', () => resolve(response.statusCode ?? 0));
					response.on('error', reject);
				},
			);
			request.setTimeout(timeoutMs, () => request.destroy(new Error('no answer in time')));
			request.on('error', reject);
			request.end(body);
		});
	}

	/** Closes all connections. */
	close(): void {
		this.plain.destroy();
		this.secure.destroy();
	}
}
