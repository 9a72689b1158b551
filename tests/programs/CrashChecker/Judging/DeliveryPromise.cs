namespace CrashChecker.Judging;

/// <summary>A connection gets every message after its cut once, in the order of the numbers.</summary>
internal sealed class DeliveryPromise(Action<FindingKind, string, string> report)
{
    /// <summary>The last number that each connection got of each conversation it is in.</summary>
    private readonly Dictionary<(string Connection, string Conversation), long> cursors = [];

    /// <summary>A second <c>joined</c> of the same room changes nothing.</summary>
    public void Cut(Observation.Cut cut) => cursors.TryAdd((cut.Connection, cut.Conversation), cut.Seq);

    /// <summary>The last number that the connection got.</summary>
    public long PositionOf(string connection, string conversation) => cursors.GetValueOrDefault((connection, conversation));

    public void Left(Observation.Left left) => cursors.Remove((left.Connection, left.Conversation));

    public void Delivered(Observation.Delivered delivered)
    {
        var (connection, conversation, message) = (delivered.Connection, delivered.Conversation, delivered.Message);
        if (cursors.ContainsKey((connection, conversation))) Next(connection, conversation, message.Seq);
        else report(FindingKind.Uninvited, conversation, $"{message.Seq} was delivered to {connection}");
    }

    /// <param name="isSentAgain">Then the echo may repeat an earlier one, and is no delivery.</param>
    public void Echoed(Observation.Echoed echoed, bool isSentAgain)
    {
        if (!cursors.TryGetValue((echoed.Connection, echoed.Conversation), out var cursor)) return; // it has left meanwhile
        if (!isSentAgain || echoed.Message.Seq > cursor) Next(echoed.Connection, echoed.Conversation, echoed.Message.Seq);
    }

    public void Settled(Observation.Settled settled, long last)
    {
        if (cursors.TryGetValue((settled.Connection, settled.Conversation), out var cursor) && cursor < last)
            report(FindingKind.Undelivered, settled.Conversation, $"{settled.Connection} got {cursor} of {last}");
    }

    private void Next(string connection, string conversation, long seq)
    {
        var cursor = cursors[(connection, conversation)];
        if (seq <= cursor) report(FindingKind.Disordered, conversation, $"{connection} got {seq} after {cursor}");
        else if (seq > cursor + 1) report(FindingKind.Hole, conversation, $"{connection} got {seq} after {cursor}");
        cursors[(connection, conversation)] = Math.Max(seq, cursor);
    }
}
