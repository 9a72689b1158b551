using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Welcome;

/// <summary>What a room says to who comes.</summary>
internal sealed class WelcomeCommands(Greetings greetings)
{
    private const string Permission = "room.welcome";

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<WelcomeCommands>();
        plugin.Command("boas-vindas", (context, scope, values) => scope.GetRequiredService<WelcomeCommands>().WelcomeAsync(context, values.Get<string?>(0)))
            .Alias("welcome", "en").Permission(Permission, Role.Moderator).OnlyIn(Where.Room).Audit()
            .Summary("pt-BR", "Mostra ou muda o que a sala diz a quem chega.").Summary("en", "Shows or changes what the room says to who comes.")
            .Remainder("texto", p => p with { Required = false, MaxLength = 500 })
            .Example("/boas-vindas").Example("/boas-vindas As regras estão no tópico.");
        plugin.Command("boas-vindas desligar", (context, scope, _) => scope.GetRequiredService<WelcomeCommands>().EndAsync(context))
            .Alias("welcome off", "en").Permission(Permission, Role.Moderator).OnlyIn(Where.Room).Audit()
            .Summary("pt-BR", "Não cumprimenta mais ninguém nesta sala.").Summary("en", "Greets nobody in this room any more.")
            .Example("/boas-vindas desligar");
    }

    private async ValueTask<CommandResult> WelcomeAsync(CommandContext context, string? text)
    {
        if (text is null) return Texts.Shown(context, await greetings.OfAsync(context.Here, context.Aborted));
        await greetings.SetAsync(context.Here, text, context.Aborted);
        return Texts.Shown(context, text);
    }

    private async ValueTask<CommandResult> EndAsync(CommandContext context) =>
        await greetings.RemoveAsync(context.Here, context.Aborted) ? Texts.Shown(context, null) : CommandResult.Refuse("bad_arguments", Texts.Shown(context, null));
}
