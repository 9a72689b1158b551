using System.Text.Json.Nodes;
using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>A message or a change to send, as often as it takes.</summary>
internal abstract record Outgoing(Place Place, string Id)
{
    public abstract JsonObject Frame { get; }

    /// <summary>What the judge is told as it is sent.</summary>
    public abstract Observation Sending(Memory memory, bool again);

    /// <summary>Nothing beyond it was promised when <paramref name="later"/> is answered: it is not to be sent again.</summary>
    public virtual bool IsReplacedBy(Outgoing later) => false;
}

internal sealed record OutgoingMessage(Place Place, string Id, string Text) : Outgoing(Place, Id)
{
    public override JsonObject Frame =>
        new() { ["type"] = "message", [Place.IsRoom ? "room" : "to"] = Place.Name, ["text"] = Text, ["id"] = Id };

    public override Observation Sending(Memory memory, bool again) =>
        new Observation.Sent(memory.Session, memory.User, Place.Key, Id, Text, again);
}

internal sealed record OutgoingChange(Place Place, string Id, Change Change) : Outgoing(Place, Id)
{
    public override JsonObject Frame
    {
        get
        {
            var frame = Frames.Of(TypeOf(Change.Kind), (Place.IsRoom ? "room" : "with", Place.Name), ("seq", Change.Seq), ("id", Id));
            if (Change.Kind == ChangeKind.Edit) frame["text"] = Change.Content;
            else if (Change.Kind != ChangeKind.Delete) frame["emoji"] = Change.Content;
            if (Change.Kind == ChangeKind.Unreact) frame["remove"] = true;
            return frame;
        }
    }

    public override Observation Sending(Memory memory, bool again) =>
        new Observation.ChangeSent(memory.Session, memory.User, Place.Key, Id, Change, again);

    /// <summary>Only the last edit of a message may be sent again.</summary>
    public override bool IsReplacedBy(Outgoing later) =>
        later is OutgoingChange change && change.Place == Place && change.Change.Seq == Change.Seq;

    private static string TypeOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Edit => "edit",
        ChangeKind.Delete => "delete",
        _ => "react",
    };
}
