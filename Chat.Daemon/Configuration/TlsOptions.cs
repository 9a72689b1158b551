namespace Chat.Daemon.Configuration;

internal sealed class TlsOptions(SettingReader read)
{
    public string Certificate { get; } = read.OptionalFile("Chat:Tls:Certificate",
        "Certificate file: PFX with its key, or PEM with its chain. The daemon picks up a changed file while it runs.");

    public string Key { get; } = read.OptionalFile("Chat:Tls:Key",
        "Private key file (PEM), if the certificate file does not contain the key.");

    public string Password { get; } = read.Secret("Chat:Tls:Password",
        "Password of the PFX file or the private key.");
}
