"""A browser page that records everything that goes wrong on it."""

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response


class Watched:
    """A page with a list of its faults: console errors, failed requests, requests to other sites."""

    def __init__(self, browser: Browser, *, width: int, scheme: str, root: str) -> None:
        self.root = root
        self.faults: list[str] = []
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self.page: Page = context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._fault(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def open(self, name: str) -> Page:
        """Open a page of the site and wait until it has loaded."""
        self.page.goto(f"{self.root}/{name}", wait_until="load")
        return self.page

    def close(self) -> None:
        """Close the page."""
        self.page.context.close()

    def _fault(self, words: str) -> None:
        self.faults.append(f"{self.page.url.removeprefix(self.root)}: {words}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._fault(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.root, "data:", "blob:")):
            self._fault(f"loads from another site: {request.url}")

    def _failed(self, request: Request) -> None:
        # When the next page opens, the browser cancels requests that are still under way, sometimes the icon's.
        if request.failure != "net::ERR_ABORTED":
            self._fault(f"failed: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._fault(f"{response.status}: {response.url}")
