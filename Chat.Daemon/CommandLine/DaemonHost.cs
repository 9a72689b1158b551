using System.Runtime.InteropServices;
using Chat.Daemon.Accounts;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>Runs the daemon as a process: says where it listens, and ends when it is told to.</summary>
internal static class DaemonHost
{
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task RunAsync(OptionsSource options, ILoggerFactory log, ProcessEnvironment around, CancellationToken cancellation)
    {
        using var certificate = options.Current.Tls.Certificate.Length == 0 ? null
            : new TlsCertificate(options, around.SettingTexts, TimeProvider.System, log.CreateLogger<TlsCertificate>());
        await using var daemon = await StartOrStopAsync(options, log, certificate, around, cancellation);
        if (daemon is null) return;
        foreach (var endpoint in daemon.Endpoints)
            await around.Output.WriteLineAsync($"listening on {endpoint.Scheme}://{endpoint.Address}");
        await around.Output.FlushAsync(cancellation);
        NotifySocket.Say(around.Environment, "READY=1");
        await daemon.WaitForEndAsync(cancellation);
    }

    /// <summary>Null where a signal came before the daemon was up: from then on the host listens to signals itself.</summary>
    private static async Task<ChatDaemon?> StartOrStopAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, ProcessEnvironment around, CancellationToken cancellation)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        try
        {
            return await StartAsync(options, log, certificate, TerminalOf(around), around.Texts, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return null;
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    /// <summary>Standard error, where somebody sees it: a password told there must not land in a file.</summary>
    private static OperatorTerminal TerminalOf(ProcessEnvironment around) =>
        new(around.Error, around.IsErrorWatched, around.Texts.FirstAdminPassword);

    private static async Task<ChatDaemon> StartAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, OperatorTerminal terminal, ProgramTexts texts, CancellationToken cancellation)
    {
        // Before anything is written or logged: the usual mistake ends in one sentence.
        ThrowIfBusy(options.Current, texts);
        try
        {
            return await ChatDaemon.StartAsync(options, log, TimeProvider.System, certificate, terminal, cancellation);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            ThrowIfBusy(options.Current, texts); // what Kestrel could not do, the check can name
            throw;
        }
    }

    private static void ThrowIfBusy(ChatOptions options, ProgramTexts texts)
    {
        if (PortCheck.Results(options.Listen, texts).FirstOrDefault(result => result.Problem is not null) is { } busy)
            throw new StartupException(busy.Status, busy.Problem!);
    }
}
