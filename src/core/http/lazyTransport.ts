import type { Transport } from './transport.ts';

/** A transport that is made by its first request, so that nothing loads before. */
export function lazyTransport(create: () => Promise<Transport>): Transport {
  let transport: Promise<Transport> | undefined;
  return {
    async send(request) {
      transport ??= create();
      return (await transport).send(request);
    },
    async close() {
      await (await transport)?.close();
    },
  };
}
