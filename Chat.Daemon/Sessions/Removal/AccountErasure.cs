using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions.Removal;

/// <summary>
/// Erases accounts. One write deletes the account; what it has left elsewhere is erased in the background, and after a kill that goes on.
/// Safe from any thread. See docs/decisions/0023-what-an-erased-account-leaves.md.
/// </summary>
internal sealed partial class AccountErasure(
    ErasureStore store, RowErasure rows, ErasedMemory memory, LogErasure logErasure, ILogger<AccountErasure> logger)
    : BackgroundService, IStartupStep
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Accounts whose release could not be stored.</summary>
    private readonly ConcurrentQueue<long> unreleased = new();

    Task IStartupStep.RunAsync(CancellationToken cancellation) => store.ReleaseLeftAsync();

    /// <summary>Deletes the account with its sessions.</summary>
    /// <returns>False if it is the last admin.</returns>
    public Task<bool> BeginAsync(AccountKey account, bool texts) => store.BeginAsync(account, texts);

    /// <summary>
    /// Begins to erase the rest, if not now then when the database works again. Call when all messages of the account are stored, and while
    /// nobody can take its name.
    /// </summary>
    public async Task ReleaseAsync(AccountKey account, bool texts)
    {
        memory.Erase(account, texts);
        try
        {
            await store.ReleaseAsync(account.Number);
        }
        catch (Exception e) when (e is LogRefusedException or LogOutcomeUnknownException or DbException)
        {
            LogFailed(logger, e);
            unreleased.Enqueue(account.Number);
        }
        wakes.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                for (; unreleased.TryPeek(out var account); unreleased.TryDequeue(out _)) await store.ReleaseAsync(account);
                while (await store.NextAsync(stoppingToken) is { } erasure) await EraseAsync(erasure, stoppingToken);
                await wakes.Reader.ReadAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
                await Task.Delay(RetryPause, stoppingToken);
            }
        }
    }

    private async Task EraseAsync(Erasure erasure, CancellationToken stopping)
    {
        var count = await rows.RunAsync(erasure, stopping);
        await memory.UpdateAsync(erasure, stopping);
        await store.ForgetNameAsync(erasure.Account.Number);
        await logErasure.RunAsync(stopping);
        await store.EndAsync(erasure.Account.Number);
        LogErased(logger, erasure.Placeholder, count);
    }

    [LoggerMessage(EventId = 403, EventName = "AccountErased", Level = LogLevel.Information,
        Message = "Account erased: {Account}, {Rows} rows; nothing of it is left in the database and the search index")]
    private static partial void LogErased(ILogger logger, string account, long rows);

    [LoggerMessage(EventId = 404, EventName = "AccountNotErased", Level = LogLevel.Error,
        Message = "Cannot erase the rest of an account; trying again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
