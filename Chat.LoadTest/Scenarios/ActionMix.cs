namespace Chat.LoadTest.Scenarios;

/// <summary>Weights of the actions in a session; they need not add up to anything.</summary>
internal sealed record ActionMix(double Read = 60, double Write = 30, double Command = 10)
{
    public ActionKind Choose(double fraction)
    {
        var at = fraction * (Read + Write + Command);
        return at < Read ? ActionKind.Page : at < Read + Write ? ActionKind.Message : ActionKind.Command;
    }
}
