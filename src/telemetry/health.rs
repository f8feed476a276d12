/// Whether the service lives and whether it is ready, shared by its parts and read by the HTTP port.
#[derive(Debug, Default)]
pub struct Health {}
