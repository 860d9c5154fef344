/**
 * `fetch` for typed clients: problem details come as `application/problem+json`, which the client library would take for a file.
 * Shared by screens and programs.
 */
export async function problemFetch(request: Request, init?: object): Promise<Response> {
  const response = await fetch(request, init)
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/problem+json')) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/json')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
