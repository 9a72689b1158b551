using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>A request that is not a message, between being written and being answered.</summary>
/// <param name="IsRepeated">It was sent again after a lost connection, so it may have been done before.</param>
internal sealed record Request(ActionKind Kind, ClientFrame Frame, long Due, long Written, bool IsRepeated = false)
{
    public Metric Metric => Kind switch
    {
        ActionKind.Command => Metric.Command,
        ActionKind.Page => Metric.History,
        ActionKind.Search => Metric.Search,
        ActionKind.Edit or ActionKind.React => Metric.Change,
        _ => Metric.Ping,
    };
}
