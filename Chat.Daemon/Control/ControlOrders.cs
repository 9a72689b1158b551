using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Control;

/// <summary>Carries out orders, whatever they are about.</summary>
internal sealed partial class ControlOrders(
    StateFolder folder, Backups backups, PasswordOrders passwords, AccountOrders accounts, ILogger<ControlOrders> logger)
{
    /// <summary>Deletes what orders of a killed daemon have left.</summary>
    public void DeleteLeft() => backups.DeleteLeft();

    /// <param name="user">The account of this machine that gave the order.</param>
    public async Task CarryOutAsync(ControlFrames.Order order, string user, Stream stream, CancellationToken stopping)
    {
        switch (order.Command)
        {
            case "backup":
                await backups.SendAsync(stream, stopping);
                break;
            case "account export":
                await accounts.ExportAsync(order, user, stream, stopping);
                break;
            default:
                await ControlFrames.WriteAsync(stream, await AnswerAsync(order, user, stopping), stopping);
                break;
        }
    }

    private async Task<ControlFrames.Answer> AnswerAsync(ControlFrames.Order order, string user, CancellationToken stopping)
    {
        try
        {
            return order.Command switch
            {
                "password" => await passwords.ResetAsync(order, user, stopping),
                "account erase" => await accounts.EraseAsync(order, user, stopping),
                _ => new ControlFrames.Answer(Error: "This chatd does not know that order."),
            };
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(logger, e);
            return new ControlFrames.Answer(Error: DiskFull.Is(e)
                ? $"{folder.FolderPath} has no room: make room on its disk."
                : "The order failed: the daemon's log says why.");
        }
    }

    [LoggerMessage(EventId = 615, EventName = "OrderFailed", Level = LogLevel.Error,
        Message = "Control order failed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
