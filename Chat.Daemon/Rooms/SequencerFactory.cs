using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Reading;

namespace Chat.Daemon.Rooms;

/// <summary>Makes the sequencer of a conversation, which also moves the marks of those who write.</summary>
internal sealed class SequencerFactory(ReadMarks marks, SequencerReports reports, SteadyTime time)
{
    /// <param name="committed">As in <see cref="Sequencer.Committed"/>.</param>
    public Sequencer Create(ConversationLog log, Fanout fanout, Action<IReadOnlyList<PendingAppend>> committed) =>
        new(log, fanout, reports, time)
        {
            // Whoever sees the echo finds the mark in the next welcome.
            Stored = batch => marks.MoveOwn(log.Id, batch, isRoom: fanout is RoomFanout),
            Committed = committed,
        };
}
