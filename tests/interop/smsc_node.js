// A message centre made of npm's smpp. Speaks JSON lines: commands on standard input, events on standard output.
// {"send": {source, destination, octets (hex), data_coding, esm_class}} delivers a message; submissions are accepted and reported delivered.
'use strict';

const readline = require('node:readline');
const smpp = require('smpp');

const sessions = [];
let submitted = 0;

function say(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function octetsOf(message) {
  const content = Buffer.isBuffer(message.message) ? message.message : smpp.encodings.ASCII.encode(message.message || '');
  return message.udh ? Buffer.concat([message.udh, content]) : content;
}

function receiptFor(pdu, id) {
  return {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:DELIVRD err:000 text:`,
  };
}

const server = smpp.createServer((session) => {
  session.on('error', (error) => say({ event: 'error', text: String(error) }));
  for (const mode of ['bind_transceiver', 'bind_receiver', 'bind_transmitter']) {
    session.on(mode, (pdu) => {
      const accepted = pdu.password === 'secret';
      session.send(pdu.response({ command_status: accepted ? 0 : smpp.ESME_RINVPASWD, system_id: 'node' }));
      if (accepted) {
        sessions.push(session);
        say({ event: 'bound', mode, system_id: pdu.system_id });
      }
    });
  }
  session.on('submit_sm', (pdu) => {
    submitted += 1;
    const id = `node-${submitted}`;
    session.send(pdu.response({ message_id: id }));
    say({
      event: 'submitted',
      id,
      source: pdu.source_addr,
      destination: pdu.destination_addr,
      text: typeof pdu.short_message.message === 'string' ? pdu.short_message.message : octetsOf(pdu.short_message).toString('hex'),
      has_header: Boolean(pdu.short_message.udh),
      data_coding: pdu.data_coding,
      registered_delivery: pdu.registered_delivery,
    });
    session.deliver_sm(receiptFor(pdu, id), (answer) => say({ event: 'receipt_answered', status: answer.command_status }));
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    say({ event: 'unbound' });
    session.send(pdu.response());
    session.close();
  });
  session.on('close', () => sessions.splice(sessions.indexOf(session), 1));
});

server.listen(0, '127.0.0.1', () => say({ event: 'listening', port: server.address().port }));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { send } = JSON.parse(line);
  sessions[0].deliver_sm(
    {
      source_addr_ton: 1,
      source_addr_npi: 1,
      source_addr: send.source,
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: send.destination,
      esm_class: send.esm_class,
      data_coding: send.data_coding,
      short_message: Buffer.from(send.octets, 'hex'),
    },
    (answer) => say({ event: 'answered', status: answer.command_status }),
  );
}).on('close', () => process.exit(0));
