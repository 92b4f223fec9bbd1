//! The description of the service: OpenAPI 3.1, made of the route table and of the types that replies are made of.

pub mod extract;
mod operations;
pub mod shapes;
pub mod summary;

use super::router::ROUTES;
use crate::access::{self, Need};
use operations::OPERATIONS;
use serde_json::Value;
use std::sync::LazyLock;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem, Paths};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::{
    ContentBuilder, Header, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// One route in words.
pub(super) struct Operation {
    /// Pattern of the address.
    path: &'static str,
    /// The method.
    method: &'static str,
    /// A name for generated clients.
    id: &'static str,
    /// Its group.
    tag: &'static str,
    /// One line.
    summary: &'static str,
    /// A paragraph.
    description: &'static str,
    parameters: &'static [Parameter],
    takes: &'static [Takes],
    gives: &'static [Gives],
    /// Statuses that it refuses with.
    refuses: &'static [u16],
}

/// A part of the address, or a header.
struct Parameter {
    name: &'static str,
    place: &'static str,
    meaning: &'static str,
    /// Its values; none listed: any text.
    one_of: &'static [&'static str],
    example: &'static str,
}

/// A body that a route takes.
struct Takes {
    media: &'static str,
    schema: fn() -> Named,
    /// As it is sent; the tests send it.
    example: Option<&'static str>,
}

/// A body that a route gives.
struct Gives {
    media: &'static str,
    schema: fn() -> Named,
    meaning: &'static str,
}

/// A schema, its name, and all that it refers to.
type Named = (String, RefOr<Schema>, Vec<(String, RefOr<Schema>)>);

fn schema<T: ToSchema + PartialSchema>() -> Named {
    let mut more = Vec::new();
    T::schemas(&mut more);
    (T::name().into_owned(), T::schema(), more)
}

/// The description as text, made once. A server that asks for no token does not say that it does.
pub fn document(has_access: bool) -> &'static str {
    static CLOSED: LazyLock<String> = LazyLock::new(|| text(true));
    static OPEN: LazyLock<String> = LazyLock::new(|| text(false));
    if has_access { &CLOSED } else { &OPEN }
}

fn text(has_access: bool) -> String {
    // Our own tables always serialise.
    let mut text = serde_json::to_string_pretty(&openapi(has_access)).unwrap_or_default();
    text.push('\n');
    text
}

/// The examples of requests: method, path, media type, body. They stand in the description and are run as tests.
pub fn examples() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    OPERATIONS.iter().flat_map(|operation| {
        let body = |takes: &Takes| Some((operation.method, operation.path, takes.media, takes.example?));
        operation.takes.iter().filter_map(body)
    })
}

/// Whether a route is described. What only says that it is not served is not.
pub fn is_described(method: &str, path: &str) -> bool {
    OPERATIONS.iter().any(|operation| (operation.method, operation.path) == (method, path))
}

fn openapi(has_access: bool) -> OpenApi {
    let mut schemas: Vec<(String, RefOr<Schema>)> = Vec::new();
    let mut paths = Paths::new();
    let (name, outcome, more) = schema::<shapes::OperationOutcome>();
    schemas.push((name, outcome));
    schemas.extend(more);
    // The order of the route table, and no route that is not in it.
    for route in ROUTES {
        let described = OPERATIONS.iter().find(|o| (o.method, o.path) == (route.method, route.path));
        let Some(operation) = described else { continue };
        for (name, schema, more) in
            operation.takes.iter().map(|t| (t.schema)()).chain(operation.gives.iter().map(|g| (g.schema)()))
        {
            schemas.push((name, schema));
            schemas.extend(more);
        }
        let method = if operation.method == "POST" { HttpMethod::Post } else { HttpMethod::Get };
        paths.paths.insert(operation.path.to_owned(), PathItem::new(method, described_as(operation, has_access)));
    }
    schemas.sort_by(|(a, _), (b, _)| a.cmp(b));
    schemas.dedup_by(|(a, _), (b, _)| a == b);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("An OAuth2 access token. Which scope a route needs stands in its description."))
        .build();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Clinical Notes Summarizer")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(include_str!("about.md")))
                .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
                .build(),
        )
        .servers(Some([Server::new("/")]))
        .paths(paths)
        .components(Some(components))
        .build()
}

fn described_as(operation: &Operation, has_access: bool) -> utoipa::openapi::path::Operation {
    let mut builder = OperationBuilder::new()
        .operation_id(Some(operation.id))
        .tag(operation.tag)
        .summary(Some(operation.summary))
        .description(Some(operation.description));
    for parameter in operation.parameters {
        let is_yes_or_no = parameter.one_of == operations::YES_OR_NO;
        let schema = ObjectBuilder::new().schema_type(if is_yes_or_no { Type::Boolean } else { Type::String });
        let schema = match parameter.one_of {
            _ if is_yes_or_no => schema,
            [] => schema,
            words => schema.enum_values(Some(words.iter().copied())),
        };
        let place = match parameter.place {
            "path" => ParameterIn::Path,
            "header" => ParameterIn::Header,
            _ => ParameterIn::Query,
        };
        let required = if parameter.place == "path" { Required::True } else { Required::False };
        builder = builder.parameter(
            ParameterBuilder::new()
                .name(parameter.name)
                .parameter_in(place)
                .required(required)
                .description(Some(parameter.meaning))
                .schema(Some(schema.build()))
                .example(Some(if is_yes_or_no { Value::Bool(true) } else { Value::from(parameter.example) }))
                .build(),
        );
    }
    if !operation.takes.is_empty() {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True));
        for takes in operation.takes {
            // What is no JSON stands in JSON as a text.
            let example =
                takes.example.map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.to_owned())));
            let content = ContentBuilder::new().schema(reference(takes.schema)).example(example).build();
            body = body.content(takes.media, content);
        }
        builder = builder.request_body(Some(body.build()));
        if let Some(Need::Scope(scope)) = access::need(operation.method, operation.path)
            && has_access
        {
            let needs = format!("{} Needs the scope `{}`.", operation.description, scope.as_str());
            builder =
                builder.description(Some(needs)).security(SecurityRequirement::new::<_, [&str; 0], _>("bearer", []));
        }
    }
    let meanings: Vec<String> = match operation.gives {
        [only] => vec![only.meaning.to_owned()],
        several => several.iter().map(|gives| format!("{}: {}", gives.media, gives.meaning)).collect(),
    };
    let mut given = ResponseBuilder::new().description(meanings.join(" "));
    for gives in operation.gives {
        let content = ContentBuilder::new().schema(reference(gives.schema)).build();
        given = given.content(gives.media, content);
    }
    given = headers(given, operation);
    let given = given.build();
    if operation.tag == "health" {
        let mut unwell = given.clone();
        "Something is not as it should be; the same shape says what.".clone_into(&mut unwell.description);
        builder = builder.response("503", unwell);
    }
    builder = builder.response("200", given);
    for status in operation.refuses {
        let outcome = ContentBuilder::new().schema(reference(schema::<shapes::OperationOutcome>)).build();
        let mut refused =
            ResponseBuilder::new().description(meaning(*status)).content("application/fhir+json", outcome);
        refused = headers(refused, operation);
        if matches!(status, 429 | 503) {
            refused = refused.header("Retry-After", number("Seconds until it is worth coming again."));
        }
        if matches!(status, 401 | 403) {
            refused = refused.header("WWW-Authenticate", words("RFC 6750; with 403 it names the missing scope."));
        }
        builder = builder.response(status.to_string(), refused.build());
    }
    builder.build()
}

/// Headers of every reply of an operation.
fn headers(reply: ResponseBuilder, operation: &Operation) -> ResponseBuilder {
    let reply = reply
        .header("X-Request-ID", words("Which request it was: drawn here, never taken from a client."))
        .header("X-FHIR-Version", words("R4"));
    if super::layers::is_about_us(operation.path) {
        return reply;
    }
    reply
        .header(
            "X-RateLimit-Limit",
            number("Requests that one caller may send in the window, all at once if it likes."),
        )
        .header(
            "X-RateLimit-Window",
            number("Seconds of the window. Requests come back one by one, not all at its end."),
        )
        .header("X-RateLimit-Remaining", number("Requests that would be taken at once now."))
        .header("X-RateLimit-Reset", number("Seconds until all of them are there again."))
}

fn number(meaning: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::Integer).build());
    header.description = Some(meaning.to_owned());
    header
}

fn words(meaning: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String).build());
    header.description = Some(meaning.to_owned());
    header
}

fn reference(schema: fn() -> Named) -> Option<Ref> {
    Some(Ref::from_schema_name(schema().0))
}

const fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request or the document cannot be read.",
        401 => "No token, or one that is not valid here.",
        403 => "The token does not have the scope that this route needs.",
        404 => "There is nothing at this address.",
        406 => "No representation that was asked for can be given.",
        408 => "The body did not arrive in time.",
        413 => {
            "The document is too large; how much is taken stands in the text. The connection is closed, so that a client \
                that is still sending may see it break before it reads this."
        }
        415 => "This content type is not read here.",
        422 => "The document was read and is not acceptable.",
        429 => "Too many requests; Retry-After says when to come again.",
        503 => "Busy, or the document takes too long; Retry-After says when to come again.",
        _ => "The program has a fault; nothing was given out.",
    }
}
