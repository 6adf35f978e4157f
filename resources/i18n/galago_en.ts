<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AnswerBubble</name>
    <message numerus="yes">
        <source>%n earlier turn(s) no longer fit the context and were left out.</source>
        <translation>
            <numerusform>%n earlier turn no longer fits the context and was left out.</numerusform>
            <numerusform>%n earlier turns no longer fit the context and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1</source>
        <translation>
            <numerusform>%n token, %1</numerusform>
            <numerusform>%n tokens, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatExport</name>
    <message numerus="yes">
        <source>%n token(s), %1 tokens/s</source>
        <translation>
            <numerusform>%n token, %1 tokens/s</numerusform>
            <numerusform>%n tokens, %1 tokens/s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareBatch</name>
    <message numerus="yes">
        <source>%1: %n question(s)</source>
        <translation>
            <numerusform>%1: %n question</numerusform>
            <numerusform>%1: %n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareResults</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not as expected</source>
        <translation>
            <numerusform>%n not as expected</numerusform>
            <numerusform>%n not as expected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are not as expected.</source>
        <translation>
            <numerusform>%n answer is not as expected.</numerusform>
            <numerusform>%n answers are not as expected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message numerus="yes">
        <source>%n model(s) are in the old folder. Move them?</source>
        <translation>
            <numerusform>%n model is in the old folder. Move them?</numerusform>
            <numerusform>%n models are in the old folder. Move them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryRow</name>
    <message numerus="yes">
        <source>Measured here: %1 in the latest answer (%2, %n thread(s)).</source>
        <translation>
            <numerusform>Measured here: %1 in the latest answer (%2, %n thread).</numerusform>
            <numerusform>Measured here: %1 in the latest answer (%2, %n threads).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsScreen</name>
    <message numerus="yes">
        <source>%n file(s) cannot be used as a model.</source>
        <translation>
            <numerusform>%n file cannot be used as a model.</numerusform>
            <numerusform>%n files cannot be used as models.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovedNews</name>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>%n chat is deleted</numerusform>
            <numerusform>%n chats are deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionSizeNote</name>
    <message numerus="yes">
        <source>This question with %n picture(s) takes about %1 of the %2 tokens that are left.</source>
        <translation>
            <numerusform>This question with %n picture takes about %1 of the %2 tokens that are left.</numerusform>
            <numerusform>This question with %n pictures takes about %1 of the %2 tokens that are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message numerus="yes">
        <source>This machine has %n processor(s). Automatic uses one per core.</source>
        <translation>
            <numerusform>This machine has %n processor. Automatic uses one per core.</numerusform>
            <numerusform>This machine has %n processors. Automatic uses one per core.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1, %n thread</numerusform>
            <numerusform>%1, %n threads</numerusform>
        </translation>
    </message>
</context>
</TS>
