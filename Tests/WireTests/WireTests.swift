import Testing

/// Backends over real sockets against the simulated company, one server at a time: a company is too much to keep
/// several of at once on a small machine.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct WireTests {}
