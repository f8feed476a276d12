fn main() -> std::process::ExitCode {
    safir::cli::main()
}
