/**
 * Imported before everything else: each running query of the measurements holds one of libuv's threads, of which there are four unless told
 * otherwise before the first is used. Files and password hashes need some beside them.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '12'
