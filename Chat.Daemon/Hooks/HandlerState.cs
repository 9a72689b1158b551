using System.Collections.Frozen;
using System.Globalization;

namespace Chat.Daemon.Hooks;

/// <summary>Which events a plugin's handler needs. Reading it runs no plugin code.</summary>
internal sealed class HandlerState
{
    private volatile FrozenSet<long>? rooms; // null: all events

    public void EnableEverywhere() => rooms = null;

    /// <param name="only">None: no events at all.</param>
    public void EnableIn(IEnumerable<Room> only) => rooms = only.Select(NumberOf).ToFrozenSet();

    /// <summary>Whether it needs events of the room.</summary>
    /// <param name="room">Null elsewhere.</param>
    public bool Needs(long? room) => rooms is not { } some || (room is { } number && some.Contains(number));

    public bool Needs(ChatEvent happened) => rooms is not { } some || (RoomOf(happened) is { } room && some.Contains(NumberOf(room)));

    private static long NumberOf(Room room) => long.Parse(room.Id, CultureInfo.InvariantCulture);

    private static Room? RoomOf(ChatEvent happened) => happened switch
    {
        MessagePosted posted => posted.Room,
        MessageEdited edited => edited.Room,
        MessageDeleted deleted => deleted.Room,
        ReactionChanged changed => changed.Room,
        UserJoined joined => joined.Room,
        UserLeft left => left.Room,
        UserKicked kicked => kicked.Room,
        TopicChanged changed => changed.Room,
        RoomDeleted deleted => deleted.Room,
        CommandRun run => run.Room,
        _ => null,
    };
}
