"""Seventy names with their letters: the most usual of the country, younger ones, compound and oddly read surnames."""

from __future__ import annotations

_TEXT = """
张伟 zhangwei 王伟 wangwei 王芳 wangfang 李伟 liwei 王秀英 wangxiuying 李秀英 lixiuying 李娜 lina 刘伟 liuwei
张秀英 zhangxiuying 张敏 zhangmin 李静 lijing 张丽 zhangli 王静 wangjing 王丽 wangli 李强 liqiang 张静 zhangjing
李敏 limin 王敏 wangmin 王磊 wanglei 李军 lijun 刘洋 liuyang 王勇 wangyong 张勇 zhangyong 王艳 wangyan 李杰 lijie
张磊 zhanglei 张杰 zhangjie 王涛 wangtao 李明 liming 张艳 zhangyan 王超 wangchao 李勇 liyong 王桂英 wangguiying
陈建国 chenjianguo 刘志强 liuzhiqiang 周晓明 zhouxiaoming 吴海燕 wuhaiyan 徐文静 xuwenjing 孙浩然 sunhaoran
马子涵 mazihan 朱梓萱 zhuzixuan 胡欣怡 huxinyi 郭雨桐 guoyutong 何思远 hesiyuan 高俊杰 gaojunjie 林淑芬 linshufen
黄丽华 huanglihua 赵雪梅 zhaoxuemei 吕晓玲 lvxiaoling 欧阳娜娜 ouyangnana 司马光 simaguang 诸葛亮 zhugeliang
上官婉儿 shangguanwaner 皇甫嵩 huangfusong 尉迟恭 yuchigong 夏侯惇 xiahoudun 单雄信 shanxiongxin 仇英 qiuying
解缙 xiejin 区伟明 ouweiming 查良镛 zhaliangyong 曾志伟 zengzhiwei 任正非 renzhengfei 覃海洋 qinhaiyang
翟天临 zhaitianlin 谢霆锋 xietingfeng 邓紫棋 dengziqi 蔡依林 caiyilin 彭于晏 pengyuyan 段誉 duanyu
"""
_FIELDS = _TEXT.split()
NAMES = tuple(zip(_FIELDS[::2], _FIELDS[1::2], strict=True))
