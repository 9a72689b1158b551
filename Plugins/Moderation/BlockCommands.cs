using System.Text.Json.Nodes;

namespace Chat.Plugins.Moderation;

/// <summary>The caller's own list of blocked users. Each answer has the list for programs, which fold what these users write.</summary>
[Permission("user.block", DefaultRole = Role.Member)]
internal sealed class BlockCommands(IBlocks blocks)
{
    /// <summary>
    /// Recusa as mensagens diretas de alguém para você, e recolhe o que escreve nas salas.
    /// <para xml:lang="en">Refuses a user's direct messages to you, and folds what they write in rooms.</para>
    /// </summary>
    [Command("bloquear"), Alias("block", "en"), RateLimit(20, perSeconds: 60)]
    [Example("/bloquear bia"), Example("/block bia")]
    public async Task<CommandResult> BlockAsync(CommandContext context, [Alias("user", "en")] User usuário)
    {
        await blocks.BlockAsync(usuário, context.Aborted);
        return await AnswerAsync(context, BlockTexts.Blocked(context, usuário));
    }

    /// <summary>
    /// Volta a receber as mensagens de alguém.
    /// <para xml:lang="en">Accepts a user's messages again.</para>
    /// </summary>
    [Command("desbloquear"), Alias("unblock", "en"), RateLimit(20, perSeconds: 60)]
    [Example("/desbloquear bia"), Example("/unblock bia")]
    public async Task<CommandResult> UnblockAsync(
        CommandContext context, [Length(64), Suggest<BlockedUsers>, Alias("user", "en")] string usuário)
    {
        var name = usuário.TrimStart('@');
        return await blocks.UnblockAsync(name, context.Aborted)
            ? await AnswerAsync(context, BlockTexts.Unblocked(context, name))
            : CommandResult.Refuse("bad_arguments", BlockTexts.NotBlocked(context, name));
    }

    /// <summary>Mostra quem você bloqueou.<para xml:lang="en">Shows whom you have blocked.</para></summary>
    [Command("bloqueados"), Alias("blocks", "en")]
    [Example("/bloqueados"), Example("/blocks")]
    public async Task<CommandResult> ListAsync(CommandContext context) => await AnswerAsync(context, null);

    /// <param name="text">Null for the list itself.</param>
    private async Task<CommandResult> AnswerAsync(CommandContext context, string? text)
    {
        var names = await blocks.ListAsync(context.Aborted);
        var data = new JsonObject { ["blocked"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };
        return CommandResult.ToCaller(text ?? BlockTexts.List(context, names), data);
    }
}
