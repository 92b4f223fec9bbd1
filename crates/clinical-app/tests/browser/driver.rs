//! As much of WebDriver (W3C) as the test needs: JSON over HTTP to a local chromedriver.

use serde_json::{Value, json};
use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A browser; it ends when it is dropped.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a driver on a free port, and a headless browser that talks to nobody but the page.
    pub(crate) fn start() -> Self {
        let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut driver = Command::new(program).arg("--port=0").stdout(Stdio::piped()).spawn().expect("chromedriver");
        let mut said = BufReader::new(driver.stdout.take().unwrap());
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "chromedriver ended");
            if let Some(rest) = line.split("successfully on port ").nth(1) {
                break rest.trim().trim_end_matches('.').parse().unwrap();
            }
        };
        std::thread::spawn(move || said.lines().for_each(drop));
        let mut browser = Self { driver, port, session: String::new() };
        let reply = browser.call(
            "POST",
            "/session",
            &json!({"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--hide-scrollbars", "--force-prefers-reduced-motion",
                ]},
                "goog:loggingPrefs": {"browser": "ALL"},
            }}}),
        );
        browser.session = format!("/session/{}", reply["sessionId"].as_str().expect("a session"));
        browser
    }

    /// One request. An error of the driver fails the test.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap() > 2 {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut reply = vec![0; length];
        reader.read_exact(&mut reply).unwrap();
        let value = serde_json::from_slice::<Value>(&reply).unwrap()["value"].take();
        assert!(value["error"].is_null(), "{method} {path}: {}", value["message"]);
        value
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("{}{path}", self.session), body)
    }

    pub(crate) fn open(&self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.post("/window/rect", &json!({"width": width, "height": height}));
    }

    /// A small screen; a window alone does not get this narrow.
    pub(crate) fn phone(&self, width: u32, height: u32) {
        self.post(
            "/goog/cdp/execute",
            &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params":
            {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": true}}),
        );
    }

    /// As on paper, as in the dark; an empty medium is the screen again.
    pub(crate) fn media(&self, media: &str, scheme: &str) {
        self.post(
            "/goog/cdp/execute",
            &json!({"cmd": "Emulation.setEmulatedMedia", "params":
            {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]}}),
        );
    }

    /// Runs a script in the page.
    pub(crate) fn script(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Waits until a script says yes.
    pub(crate) fn wait(&self, what: &str, script: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        while self.script(script, json!([])) != true {
            let alert = "return document.querySelector('[role=alert]')?.textContent";
            assert!(Instant::now() < end, "waited in vain for {what}: {}", self.script(alert, json!([])));
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Clicks as a person does: where the element is, if nothing lies over it.
    pub(crate) fn click(&self, css: &str) {
        let found = self.post("/element", &json!({"using": "css selector", "value": css}));
        let element = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Presses and lets go a key.
    pub(crate) fn keys(&self, key: &str) {
        self.post(
            "/actions",
            &json!({"actions": [{"type": "key", "id": "keys", "actions": [
            {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}]}),
        );
    }

    /// What the window shows, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        use base64::Engine as _;
        let picture = self.call("GET", &format!("{}/screenshot", self.session), &Value::Null);
        base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap()).unwrap()
    }

    /// The page on paper, as PDF. The sizes are in centimetres; the margins are the page's own.
    pub(crate) fn print(&self, (width, height): (f64, f64)) -> Vec<u8> {
        use base64::Engine as _;
        let options = json!({"page": {"width": width, "height": height}, "shrinkToFit": false, "background": true});
        let file = self.post("/print", &options);
        base64::engine::general_purpose::STANDARD.decode(file.as_str().unwrap()).unwrap()
    }

    /// What the browser complained of: blocked by the policy, failed to load, thrown.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        let severe = |e: &&Value| e["level"] == "SEVERE" || e["level"] == "WARNING";
        log.as_array().unwrap().iter().filter(severe).map(|e| e["message"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser too, also after a failed assertion; nothing here may fail a second time.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = write!(stream, "DELETE {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.session, self.port);
            let _ = stream.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
