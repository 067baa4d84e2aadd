// What a browser does by itself: resolve addresses against the page, and send its user's credentials along.
const [script, page, hume] = process.argv.slice(2);
const fetchAnywhere = globalThis.fetch;
globalThis.fetch = (path, options) => fetchAnywhere(new URL(path, page),
  { ...options, headers: { Authorization: `Basic ${btoa('alice:alice')}` } });

const { openChat } = await import(script);
const socket = await openChat(hume);
setTimeout(() => process.exit(2), 20_000).unref();
socket.onopen = () => socket.send(JSON.stringify({ type: 'user_input', text: 'Hello' }));
socket.onerror = event => { console.error(event.message); process.exit(1); };
socket.onmessage = ({ data }) => {
  const { type } = JSON.parse(data);
  console.log(type);
  if (type === 'assistant_end') socket.close();
};
socket.onclose = () => process.exit(0);
