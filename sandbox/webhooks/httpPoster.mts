import http from 'node:http';
import https from 'node:https';

/** Keep-alive connections to the partner, closed together when the bank stops. */
export class HttpPoster {
	private readonly plain = new http.Agent({ keepAlive: true });
	private readonly secure = new https.Agent({ keepAlive: true });

	/** The HTTP status of the partner's answer; rejects when there is none. */
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

	close(): void {
		this.plain.destroy();
		this.secure.destroy();
	}
}
