using System.Net.Sockets;
using Chat.Daemon.Storage.Files;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Control;

/// <summary>
/// Takes orders of the <c>chatd</c> program while the daemon runs, from its own account and from root alone. One order at a time.
/// </summary>
internal sealed partial class ControlSocket(
    StateFolder folder, ControlOrders orders, TimeProvider time, ILogger<ControlSocket> logger) : BackgroundService
{
    /// <summary>How long an order may take to arrive.</summary>
    private static readonly TimeSpan OrderTime = TimeSpan.FromSeconds(5);

    private readonly ControlAddress address = new(folder.FolderPath);
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            orders.DeleteLeft();
            File.Delete(address.FilePath); // of a daemon that was killed: this one holds the folder
            ControlCredentials.ListenPrivately(listener, address.EndPoint, address.FilePath);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            LogClosed(logger, address.FilePath, e);
            return;
        }
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener.Dispose();
        address.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync(stoppingToken);
                await ServeAsync(socket, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            File.Delete(address.FilePath);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            if (ControlCredentials.TrustedUser(socket) is not { } user)
            {
                LogUntrusted(logger);
                return;
            }
            await using var stream = new NetworkStream(socket);
            await orders.CarryOutAsync(await ReadOrderAsync(stream, stopping), user, stream, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(logger, e);
        }
    }

    private async Task<ControlFrames.Order> ReadOrderAsync(Stream stream, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(OrderTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        return await ControlFrames.ReadOrderAsync(stream, both.Token);
    }

    [LoggerMessage(EventId = 611, EventName = "ControlClosed", Level = LogLevel.Warning,
        Message = "Cannot open {Path}: chatd backup and chatd account need a stopped daemon until the next start")]
    private static partial void LogClosed(ILogger logger, string path, Exception cause);

    [LoggerMessage(EventId = 612, EventName = "ControlRefused", Level = LogLevel.Warning,
        Message = "Refused an order over the control socket: only the daemon's account and root may give any")]
    private static partial void LogUntrusted(ILogger logger);

    [LoggerMessage(EventId = 613, EventName = "ControlFailed", Level = LogLevel.Error,
        Message = "Control connection failed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
