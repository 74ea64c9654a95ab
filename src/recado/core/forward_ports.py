"""Ports that are never forwarded to: other services listen there, and a request written into them can be read as their commands.

Pure data. The list is documented in docs/reference/forwarding.md. Everything else is let through, also unusual ports: people do run shops
there.
"""

_SYSTEM = "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 79 87 95 102 110 111 113 115 117 119 123 135 137 138 139 143 161 162 179"
"""Echo, FTP, SSH, Telnet, SMTP, DNS, Finger, POP3, RPC, NNTP, NetBIOS, IMAP, SNMP, BGP and their neighbours."""
_SECURE = "389 445 465 512 513 514 515 548 554 563 587 601 636 873 989 990 992 993 995"
"""LDAP, SMB, mail submission, remote shells, printers, rsync, and mail over TLS."""
_SERVICES = "1433 1521 1723 2049 2375 2376 2379 2380 2775 3306 3389 5060 5061 5432 5900"
"""Databases, NFS, Docker, etcd, SMPP, remote desktops, SIP."""
_STORES = "6000 6379 6380 6443 6667 9042 9200 9300 10250 11211 27017"
"""X11, Redis, Kubernetes, IRC, Cassandra, Elasticsearch, memcached, MongoDB."""
REFUSED = frozenset(map(int, f"{_SYSTEM} {_SECURE} {_SERVICES} {_STORES}".split()))
HIGHEST = 65535


def wrong_port(port: int | None) -> str | None:
    """Say what is wrong with the port of an address; None where nothing is, or none is named."""
    if port is None:
        return None
    if not 0 < port <= HIGHEST:
        return f"the port {port} does not exist"
    return f"the port {port} belongs to another kind of service" if port in REFUSED else None
