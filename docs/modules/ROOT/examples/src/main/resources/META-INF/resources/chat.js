// tag::chat[]
export async function openChat(hume = 'wss://api.hume.ai') {
  const answer = await fetch('/hume/token', { method: 'POST' });
  if (!answer.ok) throw new Error(`No token: ${answer.status}`);
  const { access_token } = await answer.json();
  return new WebSocket(`${hume}/v0/evi/chat?access_token=${encodeURIComponent(access_token)}`);
}
// end::chat[]
