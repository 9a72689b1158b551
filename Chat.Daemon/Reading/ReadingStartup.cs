using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.Reading;

/// <summary>Forgets the marks of rooms that are deleted. A log in memory begins anew at each start, and with it all marks.</summary>
internal sealed class ReadingStartup(RoomListStore roomListStore, ReadMarks marks, RoomRemoval removal, OptionsSource options)
    : IStartupStep
{
    Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        removal.Deleted += marks.Forget;
        return options.Current.History.Durability == Durability.None ? roomListStore.ResetAsync() : Task.CompletedTask;
    }
}
