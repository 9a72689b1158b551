using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Reading;

/// <summary>
/// Takes rooms off the lists of accounts that may no longer enter them: soon after a role or a permission has changed, of those who are
/// online. Of the others, the next login does.
/// </summary>
internal sealed partial class LostAccess(
    RoomLists roomLists,
    SessionDirectory sessionDirectory,
    RuntimePermissions runtimePermissions,
    CommandRegistry commandRegistry,
    ILogger<LostAccess> logger)
    : BackgroundService, IStartupStep
{
    private readonly ConcurrentDictionary<Identity, ChatUser> due = new();
    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool hasPermissionChanged;

    Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        sessionDirectory.RoleChanged += Add;
        // The new permissions count from the swap on, which may come before or after.
        runtimePermissions.Changed += () =>
        {
            hasPermissionChanged = true;
            AddAll();
        };
        commandRegistry.Swapped += () =>
        {
            if (!hasPermissionChanged) return;
            hasPermissionChanged = false;
            AddAll();
        };
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await wakes.Reader.ReadAsync(stoppingToken))
        {
            foreach (var identity in due.Keys)
                if (due.TryRemove(identity, out var user)) await CheckAsync(user, stoppingToken);
        }
    }

    private void Add(ChatUser user)
    {
        if (user.IsGuest) return;
        due[user.Identity] = user;
        wakes.Writer.TryWrite(true);
    }

    private void AddAll()
    {
        foreach (var session in sessionDirectory.Attached()) Add(session.User);
    }

    private async Task CheckAsync(ChatUser user, CancellationToken stopping)
    {
        try
        {
            await roomLists.CheckAsync(user, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(EventId = 641, EventName = "LostAccessNotApplied", Level = LogLevel.Error,
        Message = "Cannot take a user out of the rooms that it may no longer enter; the next login will")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
