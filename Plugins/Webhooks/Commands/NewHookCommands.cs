using System.Text.Json.Nodes;
using Chat.Plugins.Webhooks.Incoming;
using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks.Commands;

/// <summary>Makes webhooks. A secret is shown here and never again.</summary>
[CommandGroup("webhook"), Permission("webhook.manage", DefaultRole = Role.Admin), Audit]
internal sealed class NewHookCommands(
    HookTable hooks, DeliveryQueue queue, Voice voice, ISettings<WebhookSettings> settings, TimeProvider time)
{
    private const int LongestUrl = 2_000, FirstPort = 1_024;

    private static readonly HookEvent[] UsualEvents = [HookEvent.Mensagem, HookEvent.Editada, HookEvent.Apagada];

    /// <summary>
    /// Cria um endereço secreto pelo qual programas escrevem na sala.
    /// <para xml:lang="en">Creates a secret address at which programs write into the room.</para>
    /// </summary>
    /// <param name="sala">onde escrevem<para xml:lang="en">where they write</para></param>
    /// <param name="nome">mostrado ao lado do bot<para xml:lang="en">shown beside the bot's</para></param>
    [Command("entrada"), Alias("in", "en"), Example("/webhook entrada geral Jenkins"), Example("/webhook in general Jenkins")]
    public async Task<CommandResult> InAsync(
        CommandContext context, [Alias("room", "en")] Room sala, [Remainder, Alias("name", "en")] string? nome = null)
    {
        var name = nome?.Trim() ?? "webhook";
        if (!ShownName.IsValid(name)) return CommandResult.Refuse("bad_name", IncomingTexts.BadName(context.Language, ShownName.Longest));
        await voice.EnsureAsync(context.Aborted); // or why it cannot be made, now and not at the first message
        var secret = Secrets.New();
        var (hash, path) = (Secrets.HashOf(secret), $"/p/webhooks/in/{secret}");
        var hook = new IncomingHook(hash[..Secrets.IdLength], sala, name);
        if (!await hooks.AddAsync(hash, hook, context.Aborted))
            return CommandResult.Refuse("quota_exceeded", HookTexts.TooMany(context, HookTable.MostIncoming));
        var url = settings.Current.Address.TrimEnd('/') + path;
        return CommandResult.ToCaller(HookTexts.NewIncoming(context, hook, url), new JsonObject { ["id"] = hook.Id, ["url"] = url });
    }

    /// <summary>
    /// Envia o que acontece na sala para um endereço, assinado. Sem eventos: mensagens, edições e exclusões.
    /// <para xml:lang="en">Sends what happens in the room to an address, signed. Without events: messages, edits and deletions.</para>
    /// </summary>
    /// <param name="sala">a sala<para xml:lang="en">the room</para></param>
    /// <param name="url">o endereço, que não vai para o registro<para xml:lang="en">the address, which is not recorded</para></param>
    /// <param name="eventos">o que enviar<para xml:lang="en">what to send</para></param>
    [Command("saida"), Alias("out", "en"), Example("/webhook saida geral https://example.org/chat mensagem entrou")]
    [Example("/webhook out general https://example.org/chat message joined")]
    public async Task<CommandResult> OutAsync(
        CommandContext context, [Alias("room", "en")] Room sala, [Secret, Length(LongestUrl)] string url,
        [Alias("events", "en")] params HookEvent[] eventos)
    {
        if (AddressOf(url) is not { } address) return CommandResult.Refuse("bad_url", HookTexts.BadUrl(context));
        if (address.Scheme == Uri.UriSchemeHttp && !settings.Current.AllowHttp)
            return CommandResult.Refuse("bad_url", HookTexts.NoHttp(context));
        var events = eventos.Length == 0 ? UsualEvents : [.. eventos.Distinct()];
        var hook = new OutgoingHook(Secrets.NewId(), sala, address, events, Secrets.NewForSigning());
        var bot = await voice.EnsureAsync(context.Aborted);
        if (!await hooks.AddAsync(hook, context.Aborted))
            return CommandResult.Refuse("quota_exceeded", HookTexts.TooMany(context, HookTable.MostOutgoing));
        await DiscloseAsync(context, bot, hook);
        await queue.AddAsync(hook, new(null, time.GetUtcNow()), null, context.Aborted);
        return CommandResult.ToCaller(
            HookTexts.NewOutgoing(context, hook), new JsonObject { ["id"] = hook.Id, ["secret"] = hook.Secret });
    }

    /// <summary>If the room cannot be told, nothing is sent out of it.</summary>
    private async Task DiscloseAsync(CommandContext context, IBot bot, OutgoingHook hook)
    {
        try
        {
            await bot.SendAsync(hook.Room, HookTexts.Disclosure(context, hook), context.Aborted);
        }
        catch (RefusalException)
        {
            await hooks.RemoveAsync(hook.Id, context.Aborted);
            throw;
        }
    }

    /// <summary>Without a name or a password in it, and at a port where servers of the web are.</summary>
    private static Uri? AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0 && (address.IsDefaultPort || address.Port >= FirstPort)
            ? address
            : null;
}
