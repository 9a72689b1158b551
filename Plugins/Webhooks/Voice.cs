namespace Chat.Plugins.Webhooks;

/// <summary>
/// The plugin's account, which writes what comes in. What it writes is never sent out: two webhooks would answer each other for ever.
/// </summary>
internal sealed class Voice(IBots bots, IStorage storage, ISettings<WebhookSettings> settings)
{
    private const string Key = "bot";

    private volatile string? id;

    /// <summary>Asks each time: an admin may have erased the account.</summary>
    /// <exception cref="RefusalException">The name in the settings is another's, or wrong.</exception>
    public async Task<IBot> EnsureAsync(CancellationToken cancellation)
    {
        var bot = await bots.EnsureAsync(settings.Current.Bot, cancellation);
        if (bot.User.Id == id) return bot;
        id = bot.User.Id;
        await storage.SetAsync(Key, bot.User.Id, cancellation);
        return bot;
    }

    public async Task LoadAsync(CancellationToken cancellation) => id = (await storage.GetAsync(Key, cancellation))?.Value;

    public bool IsOf(User user) => user.Id == id;
}
