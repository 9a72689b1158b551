using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Hooks;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Builds the live object of a stored conversation: its fan-out, its sequencer, and the events that both raise.</summary>
internal sealed class ConversationFactory(
    ConversationLogs logs, OnlineUsers onlineUsers, EventBus eventBus, SequencerFactory sequencers, SteadyTime time)
{
    public RoomConversation Room(StoredRoom record)
    {
        if (!RoomName.TryParse(record.Name, out var name))
            throw new InvalidDataException($"The database holds room {record.Id.Value} with the invalid name \"{record.Name}\".");
        RoomConversation room = null!;
        var fanout = new RoomFanout(new RoomAddress(name.Text), time)
        {
            Joined = subscriber => eventBus.Joined(room, subscriber),
            Left = user => eventBus.Left(room, user),
        };
        var log = logs.Of(record.Id);
        var sequencer = sequencers.Create(log, fanout, batch => eventBus.Committed(room, batch));
        room = new RoomConversation(log, name, fanout, sequencer)
        {
            Traits = new RoomTraits(record.Topic ?? "", record.Private == true ? record.Owner : null),
        };
        return room;
    }

    /// <param name="user">The side of the conversation that <paramref name="record"/> describes.</param>
    public DirectConversation Direct(ChatUser user, StoredDirect record)
    {
        var address = new DirectAddress(user.Name.Text, record.OtherName);
        var fanout = new DirectFanout(address, onlineUsers, user.Identity, new Identity(record.OtherIdentity), time);
        DirectConversation direct = null!;
        var log = logs.Of(record.Id);
        var sequencer = sequencers.Create(log, fanout, batch => eventBus.Committed(direct, batch));
        direct = new DirectConversation(log, fanout, sequencer);
        return direct;
    }
}
