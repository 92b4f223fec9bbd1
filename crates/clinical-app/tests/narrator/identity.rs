//! Tokens of Azure: where they are asked for, how, and how often.

use crate::stub::{Does, LONG, Stub, ask, body, good, status};
use clinical_app::narrator::{Auth, IMDS, Managed, Outcome, Workload};
use clinical_pipeline::Phi;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

fn token(name: &str, life: Value) -> Does {
    body(&json!({ "access_token": name, "expires_in": life, "token_type": "Bearer" }).to_string())
}

fn machine(tokens: &Stub, client_id: Option<&str>) -> Auth {
    let imds = tokens.url("/metadata/identity/oauth2/token");
    Auth::ManagedIdentity(Managed { client_id: client_id.map(str::to_owned), endpoint: None, imds })
}

fn shown(stub: &Stub) -> Vec<Option<String>> {
    stub.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_machine_asks_its_metadata_service_once() {
    let (model, tokens) = (Stub::start(good()).await, Stub::start(token("t1", json!("86399"))).await);
    let narrator = model.narrator(machine(&tokens, None));
    for _ in 0..3 {
        assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::Answered);
    }
    assert_eq!(shown(&model), vec![Some("Bearer t1".to_owned()); 3]);
    let asked = tokens.requests();
    let line = "GET /metadata/identity/oauth2/token?api-version=2018-02-01&\
        resource=https%3A%2F%2Fcognitiveservices.azure.com HTTP/1.1";
    assert_eq!((asked.len(), asked[0].line.as_str(), asked[0].header("metadata")), (1, line, Some("true")));
    assert!(!format!("{narrator:?}").contains("t1"));
    // One of several identities is named.
    let named = model.narrator(machine(&tokens, Some("id-1")));
    named.ask(&[ask()], LONG).await;
    assert!(tokens.requests()[1].line.contains("&client_id=id-1 "));
    assert!(IMDS.starts_with("http://169.254.169.254/"));
}

#[tokio::test]
async fn an_app_service_asks_the_service_beside_it() {
    let ends = json!({ "access_token": "t2", "expires_on": "4102444800", "resource": "x" }).to_string();
    let (model, tokens) = (Stub::start(good()).await, Stub::start(body(&ends)).await);
    let endpoint = Some((tokens.url("/msi/token"), Phi::new("CANARYword".to_owned())));
    let auth = Auth::ManagedIdentity(Managed { client_id: None, endpoint, imds: IMDS.to_owned() });
    let narrator = model.narrator(auth);
    for _ in 0..2 {
        narrator.ask(&[ask()], LONG).await;
    }
    assert_eq!(shown(&model), vec![Some("Bearer t2".to_owned()); 2]);
    let asked = tokens.requests();
    assert!(asked.len() == 1 && asked[0].line.starts_with("GET /msi/token?api-version=2019-08-01&resource=https%3A"));
    assert_eq!((asked[0].header("x-identity-header"), asked[0].header("metadata")), (Some("CANARYword"), None));
    assert!(!format!("{narrator:?}").contains("CANARY"));
}

#[tokio::test]
async fn a_pod_exchanges_the_token_of_its_service_account() {
    let (model, tokens) = (Stub::start(good()).await, Stub::start(token("t3", json!(3600))).await);
    let file: PathBuf = std::env::temp_dir().join(format!("clinical-narrator-token-{}", std::process::id()));
    std::fs::write(&file, "header.claims+/=.signature\n").unwrap();
    let auth = Auth::WorkloadIdentity(Workload {
        client_id: "app-1".to_owned(),
        tenant_id: "tenant-1".to_owned(),
        token_file: file.clone(),
        authority: tokens.url("/"),
    });
    let narrator = model.narrator(auth.clone());
    assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::Answered);
    assert_eq!(shown(&model), [Some("Bearer t3".to_owned())]);
    let asked = &tokens.requests()[0];
    assert_eq!(asked.line, "POST /tenant-1/oauth2/v2.0/token HTTP/1.1");
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected = "client_id=app-1&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default&\
        client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&\
        client_assertion=header.claims%2B%2F%3D.signature&grant_type=client_credentials";
    assert_eq!(asked.body, expected);
    std::fs::remove_file(&file).unwrap();
    let narrator = model.narrator(auth);
    assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::NoToken, "no file, no token");
    assert_eq!((model.asked(), tokens.asked()), (1, 1));
}

#[tokio::test]
async fn who_comes_together_waits_for_one_token() {
    let bytes = crate::stub::reply("200 OK", crate::stub::JSON, &json!({ "access_token": "t" }).to_string());
    let tokens = Stub::start(Does::After(Duration::from_millis(150), bytes)).await;
    let model = Stub::start(good()).await;
    let narrator = model.narrator(machine(&tokens, None));
    let all: Vec<_> = (0..10)
        .map(|_| {
            let narrator = Arc::clone(&narrator);
            tokio::spawn(async move { narrator.ask(&[ask()], LONG).await })
        })
        .collect();
    for one in all {
        assert!(one.await.unwrap().replies[0].is_some());
    }
    assert_eq!((tokens.asked(), model.asked()), (1, 10));
}

#[tokio::test]
async fn a_token_that_ends_or_is_refused_is_fetched_anew() {
    let (model, tokens) = (Stub::start(good()).await, Stub::start(token("t", json!(0))).await);
    let narrator = model.narrator(machine(&tokens, None));
    for _ in 0..2 {
        narrator.ask(&[ask()], LONG).await;
    }
    assert_eq!(tokens.asked(), 2, "it had ended when it came");
    tokens.does([token("old", json!(3600)), token("new", json!(3600))]);
    model.does([status("401 Unauthorized"), good()]);
    let narrator = model.narrator(machine(&tokens, None));
    assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::Refused);
    assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::Answered);
    let shown = shown(&model);
    assert_eq!(shown[shown.len() - 1].as_deref(), Some("Bearer new"));
}

#[tokio::test]
async fn a_server_of_tokens_that_fails_is_no_answer_and_is_not_quoted() {
    let nothing = json!({ "error": "CANARY" }).to_string();
    for does in [
        status("400 Bad Request"),
        status("500 Oops"),
        body("CANARY"),
        body(&nothing),
        body(&json!({ "access_token": "CANARY\r\nx: y" }).to_string()),
        body(&json!({ "access_token": "CANARY".repeat(20_000) }).to_string()),
        Does::Raw(crate::stub::reply("302 Found", "Location: /elsewhere\r\n", "")),
        Does::Raw(Vec::new()),
    ] {
        let (model, tokens) = (Stub::start(good()).await, Stub::start(does).await);
        let narrator = model.narrator(machine(&tokens, None));
        let answers = narrator.ask(&[ask()], LONG).await;
        assert_eq!((answers.tries[0].0, model.asked(), tokens.asked()), (Outcome::NoToken, 0, 1));
        assert!(!format!("{narrator:?} {answers:?}").contains("CANARY"));
    }
}
