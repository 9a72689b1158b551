using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Rooms;

/// <summary>What a room is about. Everybody in it may ask; who may change it, the capability decides by the room's owner.</summary>
internal sealed class TopicCommands(IRooms rooms)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<TopicCommands>();
        plugin.Command("topico", (context, scope, values) => scope.GetRequiredService<TopicCommands>().TopicAsync(context, values.Get<string?>(0)))
            .Alias("topic", "en").OnlyIn(Where.Room)
            .Summary("pt-BR", "Mostra ou muda o tópico da sala.").Summary("en", "Shows or changes the room's topic.")
            .Remainder("texto", p => p with { Required = false, MaxLength = 200 })
            .Example("/topico").Example("/topico Versão nova no sábado");
    }

    private async ValueTask<CommandResult> TopicAsync(CommandContext context, string? text)
    {
        if (text is null) return Texts.Topic(context, context.Here, await rooms.TopicAsync(context.Here, context.Aborted));
        await rooms.SetTopicAsync(context.Here, text, context.Aborted);
        return Texts.TopicSet(context, context.Here, text);
    }
}
