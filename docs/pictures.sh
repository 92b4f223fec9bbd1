#!/usr/bin/env bash
# Renews docs/sheet.png (the printed sheet of samples/visit.json) and docs/page.png (the web page with a fact selected).
# Needs target/release/clinical-notes (or CLINICAL_NOTES), chromium, chromedriver, pdftoppm and python3; builds nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${CLINICAL_NOTES:-target/release/clinical-notes}")
here=$PWD
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

"$program" summarize --format html --output "$work/visit.html" samples/visit.json
: >"$work/log"
"$program" serve --port 0 2>"$work/log" &
server=$!
for _ in $(seq 50); do grep -q 'http://' "$work/log" && break; sleep 0.1; done
url=$(grep -om1 'http://[^ ]*' "$work/log")

python3 - "$url" "$work" "$here/docs/page.png" <<'PY'
import base64, json, re, subprocess, sys, time, urllib.request

url, work, page = sys.argv[1:]
driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
port = next(m[1] for m in (re.search(r"successfully on port (\d+)", line) for line in driver.stdout) if m)


def call(path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"}, method=method)
    return json.load(urllib.request.urlopen(request))["value"]


flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-prefers-reduced-motion"]
session = "/session/" + call("/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": flags}}}})["sessionId"]


def cdp(cmd, **params):
    return call(session + "/goog/cdp/execute", {"cmd": cmd, "params": params})


def script(text):
    return call(session + "/execute/sync", {"script": text, "args": []})


def wait(text):
    for _ in range(100):
        if script("return " + text):
            return
        time.sleep(0.05)
    raise SystemExit("waited in vain for " + text)


try:
    # The sheet on paper.
    call(session + "/url", {"url": f"file://{work}/visit.html"})
    size = {"page": {"width": 21.59, "height": 27.94}, "shrinkToFit": False, "background": True}
    with open(f"{work}/sheet.pdf", "wb") as file:
        file.write(base64.b64decode(call(session + "/print", size)))
    # The page, with the place of the first medicine's name open.
    cdp("Emulation.setDeviceMetricsOverride", width=1200, height=820, deviceScaleFactor=1, mobile=False)
    call(session + "/url", {"url": url})
    wait("document.querySelectorAll('#samples button').length > 4")
    script("document.querySelector('[data-sample=visit]').click()")
    wait("document.querySelectorAll('#sheet main [data-at]').length > 5")
    script("document.querySelector('#medicines').scrollIntoView(); scrollBy(0, -12)")
    script("document.querySelector('#medicines .say [data-at], #medicines [data-at]').click()")
    wait("!document.getElementById('place').hidden")
    time.sleep(0.3)
    with open(page, "wb") as file:
        file.write(base64.b64decode(cdp("Page.captureScreenshot", format="png")["data"]))
finally:
    call(session, method="DELETE")
    driver.terminate()
PY

pdftoppm -png -singlefile -scale-to-x 1000 -scale-to-y -1 "$work/sheet.pdf" docs/sheet
# Fewer colours make the files small; a picture of text needs no more.
if python3 -c 'import PIL' 2>/dev/null; then
  python3 - docs/sheet.png docs/page.png <<'PY'
import sys
from PIL import Image

for name in sys.argv[1:]:
    Image.open(name).convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(name, optimize=True)
PY
fi
ls -l docs/*.png
