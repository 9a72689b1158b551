using System.Net.Security;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>The certificate in force. A changed file, or another file named in the settings, replaces it for new connections; one that cannot serve is refused and the old one stays.</summary>
internal sealed partial class TlsCertificate : IDisposable
{
    private readonly OptionsSource options;
    private readonly TimeProvider time;
    private readonly ILogger<TlsCertificate> logger;
    private readonly FileWatcher watch;
    private volatile SslStreamCertificateContext context;

    /// <exception cref="StartupException">There is no certificate to begin with.</exception>
    public TlsCertificate(OptionsSource options, SettingTexts texts, TimeProvider time, ILogger<TlsCertificate> logger)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        var file = CertificateFile.Load(options.Current.Tls, time.GetUtcNow(), texts);
        context = file.Context ?? throw new StartupException(ExitStatus.WrongUsage, file.Problem!);
        if (file.Outdated is { } outdated)
            LogOutdated(outdated);
        watch = new FileWatcher(new(Files), Reload, time, logger);
    }

    /// <summary>For one handshake: the endpoint may still set its protocols on it.</summary>
    public SslServerAuthenticationOptions ForHandshake() => new() { ServerCertificateContext = context };

    public void Dispose() => watch.Dispose();

    private IEnumerable<string> Files() => [options.Current.Tls.Certificate, options.Current.Tls.Key];

    private void Reload()
    {
        var file = CertificateFile.Load(options.Current.Tls, time.GetUtcNow(), SettingTexts.English);
        if (file.Context is null || file.Outdated is not null)
        {
            LogRefused(file.Problem ?? file.Outdated!);
            return;
        }
        // The old one is not disposed of: handshakes may still be using it.
        context = file.Context;
        LogTaken(context.TargetCertificate.Subject, context.TargetCertificate.NotAfter.ToUniversalTime());
    }

    [LoggerMessage(LogLevel.Warning, "{Problem} Clients will refuse it.")]
    private partial void LogOutdated(string problem);

    [LoggerMessage(LogLevel.Warning, "The changed certificate is refused, the old one stays in force. {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(LogLevel.Information, "The certificate of {Subject}, valid until {Until:O}, is in force.")]
    private partial void LogTaken(string subject, DateTime until);
}
