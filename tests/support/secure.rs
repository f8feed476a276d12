//! A Kafka that asks who one is and what one may do: TLS with a certificate authority of the test's own, passwords in
//! PLAIN and SCRAM, client certificates, and access rules.

use std::ffi::CString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rdkafka::bindings;
use rdkafka::consumer::{BaseConsumer, Consumer as _};

use super::{free_ports, tools};

/// A password with what quoting gets wrong.
pub const PASSWORD: &str = "p4ss w0rd-#1";
pub const PLAIN_USER: &str = "plain-safir";
pub const SCRAM_USER: &str = "scram-safir";
pub const TLS_USER: &str = "tls-safir";

/// The listeners beside the open one, on which the harness itself is the superuser.
#[derive(Clone, Debug)]
pub struct Secured {
    folder: PathBuf,
    sasl: u16,
    tls: u16,
}

impl Secured {
    /// Makes the certificates.
    pub fn new(folder: &Path) -> Secured {
        let ports = free_ports(2);
        let secured = Secured { folder: folder.to_owned(), sasl: ports[0], tls: ports[1] };
        let openssl = |arguments: &str| {
            tools::run(Command::new("openssl").args(arguments.split(' ')).current_dir(folder));
        };
        let new_key = "-newkey rsa:2048 -nodes -keyout";
        openssl(&format!("req -x509 {new_key} ca.key -out ca.pem -days 30 -subj /CN=safir-tests"));
        fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost").expect("a file");
        for name in ["broker", TLS_USER] {
            openssl(&format!("req {new_key} {name}.key -out {name}.csr -subj /CN={name}"));
            openssl(&format!(
                "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out {name}.pem -extfile names"
            ));
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).expect("openssl wrote it");
        fs::write(folder.join("broker.both"), read("broker.key") + &read("broker.pem")).expect("a file");
        secured
    }

    /// Lines for the broker's configuration, over what stands there already.
    pub fn properties(&self, client: u16, controller: u16) -> String {
        let folder = self.folder.display();
        let mut text = String::new();
        for line in [
            format!(
                "listeners=PLAINTEXT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller},\
                 SASL://127.0.0.1:{},TLS://127.0.0.1:{}",
                self.sasl, self.tls
            ),
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_SSL,TLS:SSL".into(),
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer".into(),
            "super.users=User:ANONYMOUS".into(),
            "allow.everyone.if.no.acl.found=false".into(),
            "ssl.keystore.type=PEM".into(),
            format!("ssl.keystore.location={folder}/broker.both"),
            "ssl.truststore.type=PEM".into(),
            format!("ssl.truststore.location={folder}/ca.pem"),
            "listener.name.tls.ssl.client.auth=required".into(),
            "listener.name.tls.ssl.principal.mapping.rules=RULE:^CN=([^,]*).*$/$1/".into(),
            "listener.name.sasl.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512".into(),
            format!(
                "listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
                 required user_{PLAIN_USER}=\"{PASSWORD}\";"
            ),
            "listener.name.sasl.scram-sha-512.sasl.jaas.config=\
             org.apache.kafka.common.security.scram.ScramLoginModule required;"
                .into(),
        ] {
            writeln!(text, "{line}").expect("writing to a string");
        }
        text
    }

    /// Arguments for formatting the broker's storage.
    pub fn format_arguments() -> [String; 2] {
        ["--add-scram".into(), format!("SCRAM-SHA-512=[name={SCRAM_USER},password={PASSWORD}]")]
    }

    /// Where passwords are asked for.
    pub fn sasl(&self) -> String {
        format!("127.0.0.1:{}", self.sasl)
    }

    /// Where client certificates are asked for.
    pub fn tls(&self) -> String {
        format!("127.0.0.1:{}", self.tls)
    }

    pub fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Topic,
    Group,
    TransactionalIdPrefix,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Read,
    Write,
}

/// Allows a user one operation.
pub fn allow(bootstrap: &str, user: &str, resource: Resource, name: &str, operation: Operation) {
    use bindings::{
        rd_kafka_AclOperation_t as Operations, rd_kafka_AclPermissionType_t as Permissions,
        rd_kafka_ResourcePatternType_t as Patterns, rd_kafka_ResourceType_t as Resources,
    };
    let client: BaseConsumer =
        rdkafka::ClientConfig::new().set("bootstrap.servers", bootstrap).create().expect("a client");
    let (resource, pattern) = match resource {
        Resource::Topic => (Resources::RD_KAFKA_RESOURCE_TOPIC, Patterns::RD_KAFKA_RESOURCE_PATTERN_LITERAL),
        Resource::Group => (Resources::RD_KAFKA_RESOURCE_GROUP, Patterns::RD_KAFKA_RESOURCE_PATTERN_LITERAL),
        Resource::TransactionalIdPrefix => {
            (Resources::RD_KAFKA_RESOURCE_TRANSACTIONAL_ID, Patterns::RD_KAFKA_RESOURCE_PATTERN_PREFIXED)
        }
    };
    let operation = match operation {
        Operation::Read => Operations::RD_KAFKA_ACL_OPERATION_READ,
        Operation::Write => Operations::RD_KAFKA_ACL_OPERATION_WRITE,
    };
    let text = |text: &str| CString::new(text).expect("no zero inside");
    let (name, principal, host) = (text(name), text(&format!("User:{user}")), text("*"));
    // SAFETY: all pointers are those that librdkafka has given out or that live until it has answered; each is destroyed
    // once.
    unsafe {
        let mut error = [0; 512];
        let mut rule = bindings::rd_kafka_AclBinding_new(
            resource,
            name.as_ptr(),
            pattern,
            principal.as_ptr(),
            host.as_ptr(),
            operation,
            Permissions::RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW,
            error.as_mut_ptr(),
            error.len(),
        );
        assert!(!rule.is_null(), "no access rule");
        let native = client.client().native_ptr();
        let queue = bindings::rd_kafka_queue_new(native);
        bindings::rd_kafka_CreateAcls(native, &raw mut rule, 1, std::ptr::null(), queue);
        let event = bindings::rd_kafka_queue_poll(queue, 30_000);
        assert!(!event.is_null(), "the broker does not answer");
        let failure = bindings::rd_kafka_event_error(event);
        assert_eq!(failure, bindings::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR);
        let result = bindings::rd_kafka_event_CreateAcls_result(event);
        let mut count = 0;
        let answers = bindings::rd_kafka_CreateAcls_result_acls(result, &raw mut count);
        assert_eq!(count, 1);
        let refused = bindings::rd_kafka_acl_result_error(*answers);
        assert!(refused.is_null(), "the broker refuses the access rule");
        bindings::rd_kafka_event_destroy(event);
        bindings::rd_kafka_queue_destroy(queue);
        bindings::rd_kafka_AclBinding_destroy(rule);
    }
}
