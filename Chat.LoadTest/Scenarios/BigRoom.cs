namespace Chat.LoadTest.Scenarios;

/// <summary>Everybody in one room, of whom a few write.</summary>
internal sealed class BigRoom(ScenarioSettings settings) : FanOut(settings with { Rooms = 1, Senders = settings.Senders ?? Few(settings) })
{
    private static int Few(ScenarioSettings settings) => Math.Max(1, settings.Users / 20);
}
