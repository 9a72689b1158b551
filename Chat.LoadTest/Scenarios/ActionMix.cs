using System.Text.Json.Serialization;

namespace Chat.LoadTest.Scenarios;

/// <summary>Weights of the actions in a session; they need not add up to anything.</summary>
internal sealed record ActionMix(
    double Read = 55, double Write = 25, double Edit = 4, double React = 8, double Search = 3, double Command = 5)
{
    private (ActionKind Kind, double Weight)[] Weights =>
    [
        (ActionKind.Page, Read), (ActionKind.Message, Write), (ActionKind.Edit, Edit), (ActionKind.React, React),
        (ActionKind.Search, Search), (ActionKind.Command, Command),
    ];

    [JsonIgnore]
    public double Sum => Read + Write + Edit + React + Search + Command;

    /// <param name="fraction">From 0 to less than 1.</param>
    public ActionKind Choose(double fraction)
    {
        var left = fraction * Sum;
        foreach (var (kind, weight) in Weights)
        {
            if (left < weight) return kind;
            left -= weight;
        }
        return Weights.Last(one => one.Weight > 0).Kind;
    }
}
