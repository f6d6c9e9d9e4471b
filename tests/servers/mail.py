import email
import email.policy
import ssl

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.servers.ports import free_port
from tests.waiting import LATE


class Inbox:
    """Keeps what arrives; `refusals` maps a recipient to the answer that it gets, `break_off` cuts the connection."""

    def __init__(self, implicit):
        self.implicit = implicit
        self.received = []
        self.refusals = {}
        self.data_answer = ""
        self.break_off = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the names that aiosmtpd calls
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - likewise
        if self.break_off:
            server.transport.abort()
            return "451 gone"
        if self.data_answer:
            return self.data_answer
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append(
            (envelope.mail_from, tuple(envelope.rcpt_tos), message, self.implicit or session.ssl is not None)
        )
        return "250 OK"

    def messages(self, recipient=None):
        return [message for _, to, message, _ in self.received if recipient is None or recipient in to]


class MailServer(Controller):
    """An SMTP server on a free port of this machine."""

    def __init__(self, certificate=None, login=None, implicit=False):
        self.inbox = Inbox(implicit)
        self.login = login
        self.implicit = implicit
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        self.tls = context
        super().__init__(
            self.inbox,
            hostname="127.0.0.1",
            port=free_port(),
            ssl_context=context if self.implicit else None,
            ready_timeout=LATE,
        )

    def factory(self):
        starttls = self.tls if self.tls and not self.implicit else None
        return SMTP(
            self.handler,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=self._check if self.login else None,
            auth_required=bool(self.login),
            auth_require_tls=self.tls is not None and not self.implicit,
        )

    def _check(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login.decode(), data.password.decode()) == self.login, handled=False)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
