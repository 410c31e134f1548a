import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

/** What the gateway answers to these very bytes. */
async function answerTo(bytes: string): Promise<{ status: number; head: string; body: Record<string, unknown> }> {
  const { server } = gateway.app;
  if (!server.listening) await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += String(chunk);
  });
  socket.write(bytes);
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) };
}

const LONG = 'a'.repeat(20_000);

test.for<[string, string, number]>([
  ['an address that is too long', `GET /fhir/Patient?name=${LONG} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
  ['headers that are too long', `GET /fhir/Patient HTTP/1.1\r\nHost: x\r\nX-Long: ${LONG}\r\n\r\n`, 431],
  ['a method nobody has heard of', 'LOOK /fhir/Patient HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a header that is none', 'GET /fhir/Patient HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n', 400],
  ['another length than it says', 'POST /fhir HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', 400],
])('%s is an OperationOutcome on the FHIR face', async ([, bytes, status]) => {
  const answer = await answerTo(bytes);

  expect(answer.status).toBe(status);
  expect(answer.head).toContain('content-type: application/fhir+json; charset=utf-8');
  expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
});

test.for<[string, string, number]>([
  ['an address that is too long', `GET /v1/access-log?x=${LONG} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
  ['what is no HTTP at all', 'hello\r\n\r\n', 400],
])('%s is a problem elsewhere', async ([, bytes, status]) => {
  const answer = await answerTo(bytes);

  expect(answer).toMatchObject({ status, body: { status } });
  expect(answer.head).toContain('content-type: application/problem+json; charset=utf-8');
});

test('the gateway goes on', async () => {
  await answerTo('hello\r\n\r\n');

  expect((await gateway.app.inject({ url: '/fhir/metadata' })).statusCode).toBe(200);
});
