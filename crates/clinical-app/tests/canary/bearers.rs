//! Tokens with a whole person in them: good ones, and ones that are wrong in every way.

use super::canaries::Canaries;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use clinical_app::access::Scope;
use clinical_app::clock;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Our own name, as tokens have it.
pub(crate) const AUDIENCE: &str = "clinical";

/// Claims of issuers that are a word each.
const WORDS: [&str; 16] = [
    "jti",
    "sid",
    "azp",
    "client_id",
    "appid",
    "acr",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "unique_name",
    "profile",
    "picture",
    "patient",
    "launch",
];

/// Signs tokens, with a secret and with a key.
pub(crate) struct Issuer<'c> {
    canaries: &'c Canaries,
    /// `OAUTH2_JWT_SECRET`
    pub(crate) secret: String,
    /// `OAUTH2_ISSUER`
    pub(crate) name: String,
    /// What its key server says.
    pub(crate) keys: Value,
    key_name: String,
}

/// The headers of a request that say who asks.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) what: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Who it is, as the audit log has it. Empty for a token that nobody takes.
    pub(crate) written: String,
}

/// A subject as the audit log has it, and nobody else.
fn written(canaries: &Canaries, subject: &str) -> String {
    let is_opaque = |c: char| c.is_ascii_alphanumeric() || "._:|-".contains(c);
    if subject.len() <= 128 && subject.chars().all(is_opaque) {
        return subject.to_owned();
    }
    let hex: String = Sha256::digest(subject).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let digest = format!("sha256:{hex}");
    canaries.digest(&digest);
    digest
}

fn part(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn bearer(what: &'static str, token: &str) -> Bearer {
    Bearer { what, headers: vec![("Authorization", format!("Bearer {token}"))], written: String::new() }
}

impl<'c> Issuer<'c> {
    pub(crate) fn new(canaries: &'c Canaries) -> Self {
        let key_name = canaries.word();
        let all: Value = serde_json::from_str(include_str!("../keys/test-only-public.json")).unwrap();
        let mut key = all["p256"].clone();
        key["kid"] = key_name.clone().into();
        key["use"] = "sig".into();
        for name in ["x5t", "x5u", "x5c", &canaries.word()] {
            key[name] = if name == "x5c" { json!([canaries.word()]) } else { canaries.word().into() };
        }
        Self {
            canaries,
            secret: [canaries.word(), canaries.word(), canaries.word()].join("+"),
            name: format!("https://{}.example/realms/{}", canaries.word(), canaries.word()),
            keys: json!({ "keys": [key], canaries.word(): canaries.word() }),
            key_name,
        }
    }

    /// The claims of a person. All that any issuer writes about one is in it.
    fn claims(&self, subject: &str) -> Map<String, Value> {
        let (w, now) = (|| Value::from(self.canaries.word()), clock::unix_seconds());
        let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        let scope = format!("openid {} system/{}.rs {}", scopes.join(" "), self.canaries.word(), self.canaries.word());
        let mut claims = json!({
            "iss": self.name, "aud": [AUDIENCE, w()], "sub": subject, "iat": now, "nbf": now, "exp": now + 3600,
            "scope": scope, "name": format!("{} {}", self.canaries.name(), self.canaries.name()), "amr": [w()],
            "upn": self.canaries.mail(), "email": self.canaries.mail(), "birthdate": self.canaries.date(),
            "phone_number": self.canaries.phone(), "ssn": self.canaries.ssn(), "ipaddr": self.canaries.address(),
            "fhirUser": format!("Practitioner/{}", self.canaries.word()),
            "address": { "street_address": w(), "locality": w(), self.canaries.word(): w() },
        });
        let more = json!({
            "groups": [w(), w()], "realm_access": { "roles": [w()] }, "wids": [w()], "act": { "sub": w() },
            "resource_access": { AUDIENCE: { "roles": [w()] }, self.canaries.word(): { "roles": [w()] } },
            format!("https://{}.example/claims", self.canaries.word()): { self.canaries.word(): [w()] },
        });
        let claims = claims.as_object_mut().unwrap();
        claims.extend(more.as_object().unwrap().clone());
        claims.extend(WORDS.map(|name| (name.to_owned(), w())));
        claims.insert(self.canaries.word(), w());
        claims.clone()
    }

    fn header(&self, changes: Value) -> String {
        let mut header = json!({ "alg": "HS256", "typ": "JWT", "x5t": self.canaries.word() });
        let more = changes.as_object().unwrap();
        header.as_object_mut().unwrap().extend(more.clone());
        header.to_string()
    }

    fn by_secret(&self, header: &str, claims: &str) -> String {
        self.signed(header, claims, &EncodingKey::from_secret(self.secret.as_bytes()), Algorithm::HS256)
    }

    fn by_key(&self, header: &Value, claims: &Map<String, Value>) -> String {
        let pem: String =
            include_str!("../keys/test-only-p256.pem").lines().filter(|line| !line.starts_with("-----")).collect();
        let key = EncodingKey::from_ec_der(&STANDARD.decode(pem).unwrap());
        self.signed(&header.to_string(), &Value::Object(claims.clone()).to_string(), &key, Algorithm::ES256)
    }

    fn signed(&self, header: &str, claims: &str, key: &EncodingKey, algorithm: Algorithm) -> String {
        let message = format!("{}.{}", part(header), part(claims));
        let signature = crypto::sign(message.as_bytes(), key, algorithm).unwrap();
        format!("{message}.{signature}")
    }

    /// Tokens that allow everything: of subjects that are drawn by lot, and of such that tell who it is.
    pub(crate) fn good(&self) -> Vec<Bearer> {
        let c = self.canaries;
        let subjects = [
            ("a subject drawn by lot", format!("auth0|{}", c.word())),
            ("an address of mail", c.mail()),
            ("a name", format!("{} {}", c.name(), c.name())),
            ("a name with a letter of its own", format!("{}\u{e9}", c.name())),
            ("a distinguished name", format!("CN={},O={}", c.name(), c.name())),
            ("something to get out of JSON", format!("{}\"}},{{\"{}\":\"", c.word(), c.word())),
            ("a long one", c.word().repeat(12)),
        ];
        let mut all = Vec::new();
        for (at, (what, subject)) in subjects.into_iter().enumerate() {
            let claims = self.claims(&subject);
            let token = if at % 2 == 0 {
                self.by_secret(&self.header(json!({})), &Value::Object(claims).to_string())
            } else {
                self.by_key(&json!({ "alg": "ES256", "kid": self.key_name }), &claims)
            };
            all.push(Bearer { written: written(self.canaries, &subject), ..bearer(what, &token) });
        }
        all
    }

    /// A token that is good and does not allow what any route needs.
    pub(crate) fn of_no_use(&self) -> Bearer {
        let subject = self.canaries.mail();
        let mut claims = self.claims(&subject);
        claims["scope"] = format!("audit:read {}", self.canaries.word()).into();
        let token = self.by_secret(&self.header(json!({})), &Value::Object(claims).to_string());
        Bearer { written: written(self.canaries, &subject), ..bearer("a token of no use", &token) }
    }

    /// A token of the key server.
    pub(crate) fn of_the_key_server(&self) -> Bearer {
        let claims = self.claims(&self.canaries.mail());
        bearer("a token of the key server", &self.by_key(&json!({ "alg": "ES256", "kid": self.key_name }), &claims))
    }

    /// What nobody takes for a token of ours.
    pub(crate) fn bad(&self) -> Vec<Bearer> {
        let c = self.canaries;
        let w = || c.word();
        let now = clock::unix_seconds();
        let mut all = Vec::new();
        // Good but for one claim; null takes it out.
        for (what, name, value) in [
            ("expired", "exp", json!(now - 3600)),
            ("without an end", "exp", Value::Null),
            ("an end that is a text", "exp", w().into()),
            ("not yet", "nbf", json!(now + 3600)),
            ("issued later", "iat", json!(now + 3600)),
            ("another issuer", "iss", w().into()),
            ("another audience", "aud", json!([w(), w()])),
            ("an audience that is an object", "aud", json!({ w(): w() })),
            ("a subject that is a list", "sub", json!([w()])),
            ("a subject of two lines", "sub", format!("{}\n{}", w(), w()).into()),
            ("a subject without an end", "sub", w().repeat(40).into()),
            ("no subject", "sub", "".into()),
            ("another kind", "typ", w().into()),
            ("an ID token", "at_hash", w().into()),
            ("bound to its holder", "cnf", json!({ "jkt": w() })),
        ] {
            let mut claims = self.claims(&c.mail());
            if value.is_null() {
                claims.remove(name)
            } else {
                claims.insert(name.to_owned(), value)
            };
            all.push(bearer(what, &self.by_secret(&self.header(json!({})), &Value::Object(claims).to_string())));
        }
        let claims = || Value::Object(self.claims(&c.mail())).to_string();
        for (what, changes) in [
            ("none", json!({ "alg": "none" })),
            ("an algorithm with a name", json!({ "alg": w() })),
            ("an algorithm of the other kind", json!({ "alg": "RS256", "kid": w() })),
            ("an unknown key", json!({ "alg": "ES256", "kid": w() })),
            ("a key with a long name", json!({ "kid": w().repeat(40) })),
            ("a kind with a name", json!({ "typ": w() })),
            ("an address of keys", json!({ "jku": format!("http://{}.example/{}", w(), w()) })),
            ("an address of certificates", json!({ "x5u": format!("http://{}.example/{}", w(), w()) })),
            ("a key in it", json!({ "jwk": { "kty": "oct", "k": w() } })),
            ("a certificate in it", json!({ "x5c": [w()] })),
            ("a demand", json!({ "crit": [w()], w(): w() })),
        ] {
            all.push(bearer(what, &self.by_secret(&self.header(changes), &claims())));
        }
        let header = self.header(json!({}));
        let twice = claims().replacen('{', &format!("{{\"{0}\":1,\"{0}\":2,", w()), 1);
        let good = self.by_secret(&header, &claims());
        let cut = good.rsplit_once('.').unwrap().0;
        all.extend([
            bearer("without a signature", &format!("{cut}.")),
            bearer("with the signature of another", &format!("{cut}.{}", part(&w().repeat(2)))),
            bearer("by another secret", &format!("{}{}", &good[..good.len() - 3], "AAA")),
            bearer("two parts", cut),
            bearer("five parts", &format!("{good}.{}.{}", part(&w()), part(&w()))),
            bearer("a member twice", &self.by_secret(&header, &twice)),
            bearer("no JSON", &self.by_secret(&w(), &w())),
            bearer("a list", &self.by_secret(&header, &json!([w()]).to_string())),
            bearer("a word", &w()),
            bearer("a word in three parts", &[w(), w(), w()].join(".")),
            bearer(
                "too long",
                &self.by_secret(&header, &claims().replacen('{', &format!("{{\"{}\":1,", w().repeat(1200)), 1)),
            ),
            bearer("two words", &format!("{} {}", w(), w())),
            bearer("in quotation marks", &format!("\"{}\"", w())),
        ]);
        let authorization = |value: String| vec![("Authorization", value)];
        for (what, headers) in [
            ("nothing", vec![]),
            ("a password", authorization(format!("Basic {}", STANDARD.encode(format!("{}:{}", w(), w()))))),
            ("a digest", authorization(format!("Digest username=\"{}\", realm=\"{}\", uri=\"/{}\"", w(), w(), w()))),
            ("a scheme with a name", authorization(format!("{} {good}", w()))),
            ("no scheme", authorization(good.clone())),
            ("two", [authorization(format!("Bearer {good}")), authorization(format!("Bearer {good}"))].concat()),
            ("a letter of its own", authorization(format!("Bearer {}\u{e9}", w()))),
            ("in a cookie", vec![("Cookie", format!("access_token={good}"))]),
        ] {
            all.push(Bearer { what, headers, written: String::new() });
        }
        all
    }
}
