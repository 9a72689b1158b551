using System.Text.Json.Nodes;
using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks.Commands;

/// <summary>Shows and removes webhooks, and what outgoing ones could not deliver.</summary>
[CommandGroup("webhook"), Permission("webhook.manage", DefaultRole = Role.Admin)]
internal sealed class HookListCommands(HookTable hooks, DeliveryQueue queue, Failures failures, BackOffs backOffs)
{
    /// <summary>Mostra os webhooks, sem os segredos.<para xml:lang="en">Shows the webhooks, without their secrets.</para></summary>
    [Command("listar"), Alias("list", "en"), Example("/webhook listar"), Example("/webhook list")]
    public async Task<CommandResult> ListAsync(CommandContext context)
    {
        var lines = (await hooks.IncomingAsync(context.Aborted)).Values.Select(hook => HookTexts.Line(context, hook)).ToList();
        var all = new JsonArray([.. (await hooks.IncomingAsync(context.Aborted)).Values.Select(hook =>
            (JsonNode)new JsonObject { ["id"] = hook.Id, ["direction"] = "in", ["room"] = hook.Room.Name, ["name"] = hook.Name })]);
        foreach (var hook in (await hooks.OutgoingAsync(context.Aborted)).Values)
        {
            var waiting = (await queue.ListAsync(hook.Id, context.Aborted)).Count;
            var failed = (await failures.ListAsync(hook.Id, context.Aborted)).Count;
            lines.Add(HookTexts.Line(context, hook, waiting, failed, backOffs.Of(hook.Id)));
            all.Add((JsonNode)new JsonObject
            {
                ["id"] = hook.Id,
                ["direction"] = "out",
                ["room"] = hook.Room.Name,
                ["host"] = hook.Url.Host,
                ["waiting"] = waiting,
                ["failed"] = failed,
                ["reason"] = backOffs.Of(hook.Id)?.Reason,
            });
        }
        return CommandResult.ToCaller(lines.Count == 0 ? HookTexts.None(context) : string.Join('\n', lines), all);
    }

    /// <summary>
    /// Remove um webhook, com o que espera para ser enviado.
    /// <para xml:lang="en">Removes a webhook, with what waits to be sent.</para>
    /// </summary>
    [Command("remover"), Alias("remove", "en"), Audit, Example("/webhook remover 1a2b3c4d"), Example("/webhook remove 1a2b3c4d")]
    public async Task<CommandResult> RemoveAsync(CommandContext context, [Suggest<HookIds>] string id)
    {
        if (!await hooks.RemoveAsync(id, context.Aborted)) return NoSuchHook(context, id);
        await queue.StopAsync(id, context.Aborted);
        var outgoing = await hooks.OutgoingAsync(context.Aborted);
        await queue.KeepOnlyAsync(outgoing.ContainsKey, context.Aborted);
        await failures.KeepOnlyAsync(outgoing.ContainsKey, context.Aborted);
        await backOffs.KeepOnlyAsync(outgoing.ContainsKey, context.Aborted);
        return HookTexts.Removed(context, id);
    }

    /// <summary>
    /// Mostra o que um webhook não conseguiu entregar.
    /// <para xml:lang="en">Shows what a webhook could not deliver.</para>
    /// </summary>
    [Command("falhas"), Alias("failures", "en"), Example("/webhook falhas 1a2b3c4d"), Example("/webhook failures 1a2b3c4d")]
    public async Task<CommandResult> FailuresAsync(CommandContext context, [Suggest<HookIds>] string id)
    {
        if (await FindAsync(context, id) is null) return NoSuchHook(context, id);
        var failed = await failures.ListAsync(id, context.Aborted);
        return failed.Count == 0
            ? HookTexts.NoFailures(context, id)
            : string.Join('\n', failed.Select(one => HookTexts.Line(context, one.Failure)));
    }

    /// <summary>Tenta entregar tudo de novo, agora.<para xml:lang="en">Tries to deliver everything again, now.</para></summary>
    [Command("repetir"), Alias("retry", "en"), Audit, Example("/webhook repetir 1a2b3c4d"), Example("/webhook retry 1a2b3c4d")]
    public async Task<CommandResult> RetryAsync(CommandContext context, [Suggest<HookIds>] string id)
    {
        if (await FindAsync(context, id) is not { } hook) return NoSuchHook(context, id);
        await backOffs.EndAsync(id, context.Aborted);
        foreach (var (place, failure) in await failures.ListAsync(id, context.Aborted))
        {
            if (!await queue.PutAsync(hook, new(place, failure.Happening), context.Aborted)) break; // the rest waits here
            await failures.RemoveAsync(id, place, context.Aborted);
        }
        var waiting = (await queue.ListAsync(id, context.Aborted)).Count;
        if (waiting > 0) await queue.KickAsync(id, context.Aborted);
        return HookTexts.Retrying(context, id, waiting);
    }

    private async ValueTask<OutgoingHook?> FindAsync(CommandContext context, string id) =>
        (await hooks.OutgoingAsync(context.Aborted)).GetValueOrDefault(id);

    private static CommandResult NoSuchHook(CommandContext context, string id) =>
        CommandResult.Refuse("no_such_webhook", HookTexts.NoSuchHook(context, id));
}
