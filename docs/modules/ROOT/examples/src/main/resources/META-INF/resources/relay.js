// tag::decide[]
export async function decide(recording, questions) {
  const form = new FormData();
  form.append('request', new Blob([JSON.stringify({ questions })], { type: 'application/json' }));
  form.append('file', recording, 'recording.wav');
  const answer = await fetch('/hume/relay/v0/decisions/file', { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`No answer: ${answer.status}`);
  return answer.json();
}
// end::decide[]

// tag::measure[]
export function measure(page = location.href) {
  return new WebSocket(new URL('/hume/relay/v1/expression/audio/realtime', page.replace(/^http/, 'ws')));
}
// end::measure[]

// tag::header[]
export function measureWith(authorization, page = location.href) {
  const header = encodeURIComponent(`quarkus-http-upgrade#Authorization#${authorization}`);
  return new WebSocket(new URL('/hume/relay/v1/expression/audio/realtime', page.replace(/^http/, 'ws')),
    ['bearer-token-carrier', header]);
}
// end::header[]
