namespace Chat.LoadTest.Scenarios;

/// <summary>Users 0 and 1, 2 and 3, … write direct messages to each other.</summary>
internal sealed class Pairs(ScenarioSettings settings) : FanOut(settings with { Users = settings.Users + (settings.Users % 2) })
{
    public override int Conversations => Settings.Users / 2;

    public override bool UsesRooms => false;

    public override int ConversationOf(int user) => user / 2;

    public override int SlotOf(int user) => user % 2;

    public override int? PartnerOf(int user) => user ^ 1;
}
