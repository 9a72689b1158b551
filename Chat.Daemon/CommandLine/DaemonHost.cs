using System.Runtime.InteropServices;
using Chat.Daemon.Accounts;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>Runs the daemon as a process: prints its addresses, and returns when it has stopped.</summary>
internal static class DaemonHost
{
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task RunAsync(
        OptionsSource options, ILoggerFactory log, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var certificate = options.Current.Tls.Certificate.Length == 0 ? null
            : new TlsCertificate(options, environment.SettingTexts, TimeProvider.System, log.CreateLogger<TlsCertificate>());
        await using var daemon = await StartOrStopAsync(options, log, certificate, environment, cancellation);
        if (daemon is null) return;
        var logger = log.CreateLogger(typeof(DaemonHost));
        // Registered last and so called first, because the others may hang.
        using var stopping = daemon.Stopping.Register(() => environment.StopBegins(logger));
        foreach (var endpoint in daemon.Endpoints)
            await environment.Output.WriteLineAsync($"listening on {endpoint.Scheme}://{endpoint.Address}");
        await environment.Output.FlushAsync(cancellation);
        NotifySocket.Say(environment.Variables, "READY=1");
        await daemon.WaitForEndAsync(cancellation);
    }

    /// <summary>Null if a signal arrives before the daemon has started. After that, the host handles signals.</summary>
    private static async Task<ChatDaemon?> StartOrStopAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, ProcessEnvironment environment,
        CancellationToken cancellation)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        try
        {
            return await StartAsync(options, log, certificate, TerminalOf(environment), environment.Texts, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return null;
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            environment.StopBegins(log.CreateLogger(typeof(DaemonHost)));
            interrupted.Cancel();
        }
    }

    /// <summary>Standard error if it is a terminal: a password printed there must not end up in a file.</summary>
    private static OperatorTerminal TerminalOf(ProcessEnvironment environment) =>
        new(environment.Error, environment.IsErrorTerminal, environment.Texts.FirstAdminPassword);

    private static async Task<ChatDaemon> StartAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, OperatorTerminal terminal, ProgramTexts texts,
        CancellationToken cancellation)
    {
        // Before anything is written or logged, so that the usual mistake prints one sentence.
        ThrowIfBusy(options.Current, texts);
        try
        {
            return await ChatDaemon.StartAsync(options, log, TimeProvider.System, certificate, terminal, cancellation);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            ThrowIfBusy(options.Current, texts); // the check explains what Kestrel could not do
            throw;
        }
    }

    private static void ThrowIfBusy(ChatOptions options, ProgramTexts texts)
    {
        if (PortCheck.Results(options.Listen, texts).FirstOrDefault(result => result.Problem is not null) is { } busy)
            throw new StartupException(busy.Status, busy.Problem!);
    }
}
