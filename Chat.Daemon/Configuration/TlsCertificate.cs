using System.Net.Security;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>
/// The current certificate. A changed file, or another file in the settings, replaces it for new connections, unless it is invalid.
/// </summary>
internal sealed partial class TlsCertificate : IDisposable
{
    private readonly OptionsSource options;
    private readonly TimeProvider time;
    private readonly ILogger<TlsCertificate> logger;
    private readonly FileWatcher watcher;
    private volatile SslStreamCertificateContext context;

    /// <exception cref="StartupException">The certificate is invalid.</exception>
    public TlsCertificate(OptionsSource options, SettingTexts texts, TimeProvider time, ILogger<TlsCertificate> logger)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        var file = CertificateFile.Load(options.Current.Tls, time.GetUtcNow(), texts);
        context = file.Context ?? throw new StartupException(ExitStatus.WrongUsage, file.Problem!);
        if (file.Outdated is { } outdated)
            LogOutdated(outdated);
        watcher = new FileWatcher(new(Files), Reload, time, logger);
    }

    /// <summary>New options for each handshake: the endpoint sets its protocols on them.</summary>
    public SslServerAuthenticationOptions ForHandshake() => new() { ServerCertificateContext = context };

    public void Dispose() => watcher.Dispose();

    private IEnumerable<string> Files() => [options.Current.Tls.Certificate, options.Current.Tls.Key];

    private void Reload()
    {
        var file = CertificateFile.Load(options.Current.Tls, time.GetUtcNow(), SettingTexts.English);
        if (file.Context is null || file.Outdated is not null)
        {
            LogRefused(file.Problem ?? file.Outdated!);
            return;
        }
        // Do not dispose of the old one: handshakes may still use it.
        context = file.Context;
        LogReplaced(context.TargetCertificate.Subject, context.TargetCertificate.NotAfter.ToUniversalTime());
    }

    [LoggerMessage(EventId = 21, EventName = "CertificateOutdated", Level = LogLevel.Warning,
        Message = "Certificate outdated: clients will refuse it. {Problem}")]
    private partial void LogOutdated(string problem);

    [LoggerMessage(EventId = 22, EventName = "CertificateRefused", Level = LogLevel.Warning,
        Message = "Changed certificate refused: the previous one stays in effect. {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(EventId = 23, EventName = "CertificateReplaced", Level = LogLevel.Information,
        Message = "Certificate replaced: {Subject}, valid until {Until:O}")]
    private partial void LogReplaced(string subject, DateTime until);
}
