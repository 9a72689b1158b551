namespace Chat.Daemon.Configuration;

internal sealed class TlsOptions(SettingReader read)
{
    public string Certificate { get; } = read.OptionalFile("Chat:Tls:Certificate",
        "The certificate's file: PFX with its key, or PEM with its chain. A changed file is taken over while the daemon runs.");

    public string Key { get; } = read.OptionalFile("Chat:Tls:Key",
        "The file of the private key in PEM, where the certificate's file does not hold it.");

    public string Password { get; } = read.Secret("Chat:Tls:Password",
        "What the PFX or the key is encrypted with.");
}
