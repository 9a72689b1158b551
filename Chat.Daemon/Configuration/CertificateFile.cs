using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chat.Daemon.Configuration;

/// <summary>A certificate with its key and chain, read from PFX or PEM, or the problem with it.</summary>
/// <param name="Outdated">A sentence if it has expired or is not valid yet.</param>
internal sealed record CertificateFile(SslStreamCertificateContext? Context, string? Problem, string? Outdated)
{
    public static CertificateFile Load(TlsOptions options, DateTimeOffset now, SettingTexts texts)
    {
        try
        {
            var content = File.ReadAllBytes(options.Certificate);
            var text = System.Text.Encoding.Latin1.GetString(content);
            var chain = text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
                ? FromPem(text, options)
                : X509CertificateLoader.LoadPkcs12Collection(content, options.Password);
            if (chain.FirstOrDefault(certificate => certificate.HasPrivateKey) is not { } leaf)
                return new CertificateFile(null, texts.CertificateWithoutKey(options.Certificate), null);
            chain.Remove(leaf);
            // Offline: a start must not wait for an issuer that cannot be reached.
            var context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
            return new CertificateFile(context, null, OutdatedAt(now, leaf, options, texts));
        }
        // ArgumentException: the key of another certificate.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return new CertificateFile(null, texts.CertificateUnusable(options.Certificate, e.Message), null);
        }
    }

    private static X509Certificate2Collection FromPem(string text, TlsOptions options)
    {
        var key = options.Key.Length > 0 ? File.ReadAllText(options.Key) : text;
        var leaf = key.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(text, key, options.Password)
            : X509Certificate2.CreateFromPem(text, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        chain.RemoveAt(0);
        chain.Insert(0, OperatingSystem.IsWindows() ? Imported(leaf) : leaf);
        return chain;
    }

    // Windows cannot serve a certificate whose key is only in memory.
    private static X509Certificate2 Imported(X509Certificate2 leaf) =>
        X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pfx), null);

    private static string? OutdatedAt(DateTimeOffset now, X509Certificate2 leaf, TlsOptions options, SettingTexts texts) =>
        now < leaf.NotBefore ? texts.CertificateNotYetValid(options.Certificate, Day(leaf.NotBefore))
        : now > leaf.NotAfter ? texts.CertificateExpired(options.Certificate, Day(leaf.NotAfter))
        : null;

    private static string Day(
        DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
