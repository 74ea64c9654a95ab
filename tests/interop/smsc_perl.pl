#!/usr/bin/perl
# A message centre made of Net::SMPP. Speaks JSON lines: commands on standard input, events on standard output.
# {"send": {source, destination, octets (hex), data_coding, esm_class}} delivers a message; submissions are accepted and reported delivered.
use strict;
use warnings;
use IO::Select;
use JSON::PP;
use Net::SMPP;

$| = 1;
my $json = JSON::PP->new->canonical->utf8;
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "cannot listen: $!";
say_event({event => 'listening', port => $listener->sockport});

my $waiting = IO::Select->new($listener, \*STDIN);
my ($session, $submitted, $input) = (undef, 0, '');

while (1) {
    for my $ready ($waiting->can_read) {
        if ($ready == $listener) {
            $session = $listener->accept or next;
            ${*$session}{async} = 1;
            $waiting->add($session);
        }
        elsif (fileno($ready) == fileno(STDIN)) {
            sysread(STDIN, $input, 65536, length $input) or exit 0;
            send_message($json->decode($1)->{send}) while $input =~ s/^(.*)\n//;
        }
        else {
            my $pdu = $session->read_pdu;
            defined $pdu ? handle($pdu) : drop();
        }
    }
}

sub say_event { print $json->encode($_[0]), "\n" }

sub drop {
    $waiting->remove($session);
    $session->close;
}

sub handle {
    my $pdu = shift;
    my $command = $pdu->{cmd};
    if ($command == 0x09 || $command == 0x01 || $command == 0x02) {
        my $status = $pdu->{password} eq 'secret' ? 0 : 0x0E;
        my $answer = {0x09 => 'bind_transceiver_resp', 0x01 => 'bind_receiver_resp', 0x02 => 'bind_transmitter_resp'}->{$command};
        $session->$answer(system_id => 'perl', seq => $pdu->{seq}, status => $status);
        say_event({event => 'bound', mode => $answer =~ s/_resp//r, system_id => $pdu->{system_id}}) if !$status;
    }
    elsif ($command == 0x04) { submitted($pdu) }
    elsif ($command == 0x15) { $session->enquire_link_resp(seq => $pdu->{seq}) }
    elsif ($command == 0x80000005) {
        say_event({event => ($pdu->{seq} > 1_000_000 ? 'receipt_answered' : 'answered'), status => $pdu->{status}});
    }
    elsif ($command == 0x06) {
        say_event({event => 'unbound'});
        $session->unbind_resp(seq => $pdu->{seq});
        drop();
    }
}

sub submitted {
    my $pdu = shift;
    my $id = 'perl-' . ++$submitted;
    $session->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
    my $is_plain = $pdu->{data_coding} == 0 && !($pdu->{esm_class} & 0x40);
    say_event({
        event => 'submitted',
        id => $id,
        source => $pdu->{source_addr},
        destination => $pdu->{destination_addr},
        text => $is_plain ? $pdu->{short_message} : unpack('H*', $pdu->{short_message}),
        has_header => $pdu->{esm_class} & 0x40 ? JSON::PP::true : JSON::PP::false,
        data_coding => $pdu->{data_coding},
        registered_delivery => $pdu->{registered_delivery},
    });
    $session->deliver_sm(
        source_addr => $pdu->{destination_addr},
        destination_addr => $pdu->{source_addr},
        esm_class => 0x04,
        short_message => "id:$id sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:DELIVRD err:000 text:",
        seq => 1_000_000 + $submitted,
    );
}

sub send_message {
    my $message = shift;
    $session->deliver_sm(
        source_addr_ton => 1,
        source_addr_npi => 1,
        source_addr => $message->{source},
        dest_addr_ton => 1,
        dest_addr_npi => 1,
        destination_addr => $message->{destination},
        esm_class => $message->{esm_class},
        data_coding => $message->{data_coding},
        short_message => pack('H*', $message->{octets}),
    );
}
