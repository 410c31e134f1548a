import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../support/connections.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

test('a request that is completed while the gateway stops is told to come again, in the words of its face', async () => {
  const port = await listen(gateway.app);
  const open = (path: string) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (it) => {
      answer += it.toString();
    });
    const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway.test\r\n`);
    return { socket, ended };
  };
  const halves = ['/fhir/Patient', '/v1/catalogue/items'].map(open);
  await new Promise((resolve) => setTimeout(resolve, 200));

  const closed = gateway.app.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const { socket } of halves) socket.write('\r\n');
  const [fhir, flat] = await Promise.all(halves.map((it) => it.ended));
  await closed;

  expect(fhir).toMatch(/^HTTP\/1\.1 503 /);
  expect(fhir).toMatch(/retry-after: 1\r\n/i);
  expect(fhir).toContain('"resourceType":"OperationOutcome"');
  expect(flat).toMatch(/^HTTP\/1\.1 503 /);
  expect(flat).toContain('application/problem+json');
});
