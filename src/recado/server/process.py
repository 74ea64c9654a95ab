"""Runs the application in this process until it is told to stop, and stops it in order."""

import socket
from types import FrameType

import uvicorn

from recado.config import Config, ConfigError
from recado.gateway.logs import configure as configure_logs
from recado.server.application import build
from recado.server.runtime import Runtime

GRACE_SECONDS = 10


class Server(uvicorn.Server):
    """Ends the open event streams first, or they would hold up every stop."""

    def __init__(self, config: uvicorn.Config, runtime: Runtime) -> None:
        super().__init__(config)
        self._runtime = runtime

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  # uvicorn's interface
        """Begin to stop on SIGTERM and SIGINT; asked again, stop at once. Unlike uvicorn, end with status 0: stopping is no fault."""
        self._runtime.close_pages()
        self.force_exit = self.should_exit
        self.should_exit = True


def run(config: Config, *, with_demo_receiver: bool = False) -> None:
    """Serve until SIGTERM; then answer what is queued, unbind, and return."""
    configure_logs(config.log_level, texts=config.log_texts)
    runtime, mail_socket = Runtime(config), listen_for_mails(config)
    server = Server(
        uvicorn.Config(
            build(runtime, with_demo_receiver=with_demo_receiver, mail_socket=mail_socket),
            host=config.host,
            port=config.port,
            loop="uvloop",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            server_header=False,
        ),
        runtime,
    )
    server.run([listen(config.host, config.port)])


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket before anything is started, so that a taken port ends in one sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


def listen_for_mails(config: Config) -> socket.socket | None:
    """Open the socket of the mail listener, where there is one, for the same reason."""
    where = config.mail_listen
    if where is None:
        return None
    try:
        return listen(where.host, where.port)
    except OSError as error:
        raise ConfigError(
            f"RECADO_MAIL_LISTEN is {where.protocol}://{where.host}:{where.port}, where nothing can listen ({error.strerror}); "
            "stop what uses it, or write another address or port, here and in the mail server"
        ) from error
