using Chat.Daemon.Storage;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Reopens the logs of conversations once a database that was lost works again: what was stored after all is delivered, even if nobody
/// writes for a while.
/// </summary>
internal sealed class LogReopening(DatabaseWriter writer, ConversationRegistry conversationRegistry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        writer.Recovered += conversationRegistry.Reopen;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        writer.Recovered -= conversationRegistry.Reopen;
        return Task.CompletedTask;
    }
}
